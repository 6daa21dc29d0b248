import { cli as text } from '../../preload/contract/text/cli.ts'
import type { ConnectionView, NewConnection, OutputMap } from '../../preload/contract/types.ts'
import { authKinds, connectionMarks, systemNames } from '../../preload/contract/words.ts'
import { nameKey } from '../core/connections/name.ts'
import { AppError } from '../core/errors.ts'
import { connectionId } from '../core/ids.ts'
import type { Answer, Command, OpenDesk } from './command.ts'
import { exits } from './exit-codes.ts'
import { CommandFailed, commandFailed, usage } from './failure.ts'
import { findConnection, openConnection } from './lookups.ts'
import { connectionJson, keychainWarnings, signInWord, warningsOf, withWarnings } from './results.ts'
import { type GivenSecrets, readSecrets } from './secrets.ts'
import { table } from './table.ts'
import { choice, needed } from './values.ts'
import type { Words } from './words.ts'

const { heads } = text.tables

export const list: Command = async around => {
  const { desk } = await around.open()
  const connections = await desk.connections.list()
  return {
    json: connections.map(connectionJson),
    text: table(connections, [
      { head: heads.name, of: one => one.name },
      { head: heads.system, of: one => text.tables.systems[one.system] },
      { head: heads.mark, of: one => text.tables.marks[one.mark] },
      { head: heads.signIn, of: signInWord },
      { head: heads.url, of: one => one.url },
      { head: heads.id, of: one => one.id },
    ]),
    exit: exits.done,
  }
}

export const add: Command = async (around, words) => {
  const asked = newConnection(words)
  const given = await neededSecrets(around.terminal, words)
  const open = await around.open()
  // Before anything is sent: a name that is taken would be found out only after the sign-in.
  const taken = (await open.desk.connections.list()).some(({ name }) => nameKey(name) === nameKey(asked.name))
  if (taken) throw new AppError('name-taken', { facts: { name: asked.name } })
  open.thisRun.prove(given.secrets)
  const input: NewConnection = { ...asked, secrets: given.secrets, keep: given.keep }
  const added = await open.desk.connections.add(input).catch(error => {
    throw withCertificate(error)
  })
  const said = isKept(added, given)
    ? text.results.connectionAdded
    : text.results.connectionAddedWithoutSecrets
  return answer(open, added, said(added.name))
}

export const test: Command = async (around, words) => {
  const { open, connection } = await openConnection(around, words, words.positionals.at(-1))
  const tested = await open.desk.connections.test(connectionId(connection.id))
  return answer(open, tested, text.results.connectionWorks(tested.name))
}

export const signIn: Command = async (around, words) => {
  const given = await neededSecrets(around.terminal, words)
  const open = await around.open()
  const connection = await findConnection(open.desk, words.positionals.at(-1) ?? '')
  open.thisRun.prove(given.secrets)
  const renewed = await open.desk.connections.signIn(connectionId(connection.id), given.secrets, given.keep)
  const said = isKept(renewed, given)
    ? text.results.connectionRenewed
    : text.results.connectionAddedWithoutSecrets
  return answer(open, renewed, said(renewed.name))
}

export const remove: Command = async (around, words) => {
  const open = await around.open()
  const connection = await findConnection(open.desk, words.positionals.at(-1) ?? '')
  await open.desk.connections.remove(connectionId(connection.id))
  return answer(open, connection, text.results.connectionRemoved(connection.name))
}

/** Whether the next command finds the secrets in the keychain. */
const isKept = ({ signIn }: ConnectionView, { keep }: GivenSecrets): boolean =>
  keep === 'keychain' && signIn.error?.code !== 'keychain-forgets'

function answer(open: OpenDesk, connection: ConnectionView, said: string): Answer {
  const warnings = [...warningsOf(open.thisRun), ...keychainWarnings(connection)]
  return {
    json: withWarnings(connectionJson(connection), warnings),
    text: [said, ...warnings.map(({ message }) => text.results.warning(message))],
    exit: exits.done,
  }
}

/** `CommandSpec.oneOf` has seen to it that one of the two options is there. */
async function neededSecrets(...asked: Parameters<typeof readSecrets>): Promise<GivenSecrets> {
  const given = await readSecrets(...asked)
  if (given === null) throw usage(text.usage.optionMissing('--secrets'))
  return given
}

const usualAuth = { concur: 'refresh-token', icws: 'password', vault: 'password' } as const

function newConnection(words: Words): Omit<NewConnection, 'secrets' | 'keep'> {
  const system = choice(words, 'system', systemNames)
  if (system === null) throw usage(text.usage.optionMissing('--system'))
  const certificate = words.text('certificate-sha256')?.replace(/:/g, '').toLowerCase()
  if (certificate !== undefined && !/^[0-9a-f]{64}$/.test(certificate)) throw usage(text.usage.certificate)
  const outputMaps = words.outputMaps.map(outputMap)
  return {
    name: needed(words, 'name'),
    system,
    url: needed(words, 'url'),
    mark: choice(words, 'mark', connectionMarks) ?? 'production',
    auth: choice(words, 'auth', authKinds) ?? usualAuth[system],
    ...(outputMaps.length === 0 ? {} : { outputMaps }),
    ...(certificate === undefined ? {} : { certificateSha256: certificate }),
  }
}

/** The first `=` divides: a path of this computer may have more of them, a server's name for a share does not. */
function outputMap(words: string): OutputMap {
  const at = words.indexOf('=')
  const [server, local] = [words.slice(0, at), words.slice(at + 1)]
  if (at < 1 || local === '') throw usage(text.usage.outputMap(words))
  return { server, local }
}

/** An unknown certificate is named by its fingerprint, so that it can be compared and trusted on purpose. */
function withCertificate(error: unknown): CommandFailed {
  const failed = commandFailed(error)
  const fingerprint = error instanceof AppError ? error.facts.fingerprint : undefined
  return failed.failure.code === 'certificate' && typeof fingerprint === 'string'
    ? new CommandFailed(failed.failure, failed.exit, { certificateSha256: fingerprint })
    : failed
}

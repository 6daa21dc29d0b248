import { cli as text } from '../../preload/contract/text/cli.ts'
import type { DefinitionView, KeptRequest } from '../../preload/contract/types.ts'
import { connectionId, definitionId } from '../core/ids.ts'
import type { Answer, Command, Terminal } from './command.ts'
import { exits } from './exit-codes.ts'
import { usage } from './failure.ts'
import { findDefinition, openConnection } from './lookups.ts'
import { definitionJson, isoTime, warningsOf } from './results.ts'
import { fields, table } from './table.ts'
import { needed } from './values.ts'

const { heads } = text.tables

export const list: Command = async (around, words) => {
  const { open, connection } = await openConnection(around, words)
  const all = await open.desk.definitions.refresh(connectionId(connection.id))
  const definitions = all.filter(({ removed, kind }) => !removed && kind !== 'others')
  const warnings = warningsOf(open.thisRun)
  for (const { message } of warnings) around.progress.say(text.results.warning(message))
  return {
    json: definitions.map(definitionJson),
    text: table(definitions, [
      { head: heads.name, of: one => one.name },
      { head: heads.lastRun, of: one => one.lastJob && isoTime(one.lastJob.startedAt?.at ?? null) },
      { head: heads.lastDelivery, of: one => one.lastReceipt && isoTime(one.lastReceipt.deliveredAt) },
      { head: heads.destination, of: one => one.destination?.folder ?? null },
      { head: heads.id, of: one => one.id },
    ]),
    exit: exits.done,
  }
}

export const show: Command = async (around, words) => {
  const { open, connection } = await openConnection(around, words)
  return shown(await findDefinition(open.desk, connection, needed(words, 'definition')))
}

export const add: Command = async (around, words) => {
  const name = needed(words, 'name')
  const request = await requestIn(around.terminal, needed(words, 'file'))
  const { open, connection } = await openConnection(around, words)
  const added = await open.desk.definitions.add(connectionId(connection.id), { name, request })
  return { ...shown(added), text: [text.results.definitionAdded(added.name)] }
}

export const remove: Command = async (around, words) => {
  const { open, connection } = await openConnection(around, words)
  const definition = await findDefinition(open.desk, connection, needed(words, 'definition'))
  await open.desk.definitions.remove(definitionId(definition.id))
  return { ...shown(definition), text: [text.results.definitionRemoved(definition.name)] }
}

function shown(definition: DefinitionView): Answer {
  const { name, id, remoteId, request, destination, lastJob, lastReceipt } = definition
  return {
    // What we keep has its request beside the rest, as `definition add` would take it.
    json: { ...definitionJson(definition), ...(request === null ? {} : { request }) },
    text: fields({
      [heads.name]: name,
      [heads.id]: id,
      [heads.remoteId]: remoteId,
      [heads.lastRun]: lastJob && isoTime(lastJob.startedAt?.at ?? null),
      [heads.lastDelivery]: lastReceipt && isoTime(lastReceipt.deliveredAt),
      [heads.receipt]: lastReceipt?.id ?? null,
      [heads.destination]: destination?.folder ?? null,
      ...(request === null ? {} : { [heads.request]: JSON.stringify(request) }),
    }),
    exit: exits.done,
  }
}

/** What is in a request is checked by its system; here it has to be an object at all. */
async function requestIn(terminal: Terminal, file: string): Promise<KeptRequest> {
  const written = await terminal.read(file)
  if (written === null) throw usage(text.usage.fileNotRead(file))
  const value = parsed(written.replace(/^\ufeff/, ''))
  if (!isObject(value)) throw usage(text.usage.fileNotJson(file))
  return value
}

const isObject = (value: unknown): value is KeptRequest =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    return undefined
  }
}

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { root } from '../../../build/ensure/ensure.mjs'
import { companyHome } from '../http/run-harness.ts'
import { openCompanySite } from '../journeys/company-site.ts'
import { filesWith, processesWith, sha256Of } from '../journeys/on-disk.ts'
import { faultsOf } from '../journeys/opened-app.ts'
import { desktop } from '../session/desktop.ts'
import { type Ended, type Running, start } from './command.ts'

const DEFINITION = 'Standard Accounting Extract'

type Practice = {
  readonly concur: { readonly url: string; readonly signIn: Readonly<Record<string, Record<string, string>>> }
}
type Result = {
  readonly outcome: string
  readonly joined: boolean
  readonly job: { readonly id: string; readonly status: string }
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[]
  readonly receipt: string
}

describe('the command line', () => {
  const session = desktop()
  const app = inject('app')
  const profile = session.newFolder('cli-profile')
  const folder = session.newFolder('cli-in')
  const begin = (words: readonly string[], stdin = '') => start(session, { app }, words, stdin)
  const call = (words: readonly string[], stdin = '') => begin([...words, '--profile', profile], stdin).ended
  const json = async (words: readonly string[], stdin = '') => {
    const ended = await call([...words, '--json'], stdin)
    return { ...ended, json: JSON.parse(ended.out) }
  }
  const run = (definition: string) => [
    'run',
    '--connection',
    'acme',
    '--definition',
    definition,
    '--to',
    folder,
  ]

  let practising: Running
  let practice: Practice
  let secrets: Record<string, string>

  beforeAll(async () => {
    practising = begin(['practice', '--state', session.newFolder('cli-practice')])
    practice = JSON.parse(await practising.line())
    secrets = practice.concur.signIn['refresh-token'] ?? {}
  })
  afterAll(async () => {
    practising.child.kill('SIGTERM')
    const { exit } = await practising.ended
    session.detach()
    expect(exit).toBe(0)
  })

  it('goes the whole way, from a connection to the proof of what was delivered', async () => {
    const words = ['connection', 'add', '--name', 'Acme', '--system', 'concur', '--mark', 'practice']
    const adding = begin(
      [...words, '--url', practice.concur.url, '--secrets', '-', '--json', '--profile', profile],
      JSON.stringify(secrets),
    )
    const added: Ended = await adding.ended
    expect(added).toMatchObject({ exit: 0, err: '' })
    const { id } = JSON.parse(added.out)
    expect(JSON.parse(added.out)).toMatchObject({ name: 'Acme', mark: 'practice', signIn: { state: 'ok' } })
    const kept = await session.keyringLookup('Extract Desk', `${profileIdIn(profile)}/${id}`)
    expect(kept).toContain(secrets.clientSecret)

    const definitions = await json(['definition', 'list', '--connection', 'acme'])
    expect(definitions.json.map((one: { name: string }) => one.name)).toContain(DEFINITION)

    const ran = await json(run(DEFINITION.toLowerCase()))
    expect(ran.exit).toBe(0)
    const { outcome, joined, job, files, receipt } = ran.json as Result
    expect({ outcome, joined, status: job.status }).toEqual({
      outcome: 'delivered',
      joined: false,
      status: 'completed',
    })
    expect(files.map(({ path }) => path).sort()).toEqual(
      readdirSync(folder)
        .sort()
        .map(name => join(folder, name)),
    )
    for (const file of files) expect(sha256Of(file.path)).toBe(file.sha256)
    // No terminal: plain lines, and no bar that moves.
    expect(ran.err).toContain('Started job')
    expect(ran.err).not.toContain('\u001b')

    const again = await json(['deliver', '--connection', 'ACME', '--job', job.id, '--to', folder, '--quiet'])
    expect(again).toMatchObject({ exit: 0, err: '', json: { outcome: 'already-delivered', receipt, files } })
    expect(readdirSync(folder)).toHaveLength(files.length)

    expect((await json(['verify'])).json).toEqual({ receipts: 1, files: files.length, findings: [] })
    const history = await json(['history', 'list', '--search', 'standard', '--limit', '1'])
    expect(history.json).toMatchObject([{ receipt, connection: 'Acme', job: job.id, outcome: 'delivered' }])
    expect((await call(['history', 'list'])).out).toContain(receipt)
  })

  it('says failures in one document, and nothing is started by them', async () => {
    const missing = await json([...run('Cash Advances').slice(0, -1), join(folder, 'not-there')])
    expect(missing).toMatchObject({
      exit: 8,
      json: { error: { code: 'folder-missing' }, outcome: 'destination-unreachable', job: null, files: [] },
    })
    expect((await json(['run', '--connection', 'nobody', '--definition', 'x'])).exit).toBe(11)
    expect((await json(['run', '--connection', 'acme'])).exit).toBe(2)
    const jobs = await json(['job', 'list', '--connection', 'acme', '--definition', 'Cash Advances'])
    expect(jobs.json.filter(({ endedAt }: { endedAt: string | null }) => endedAt === null)).toEqual([])
  })

  it('starts one job for two calls at once', async () => {
    const [one, two] = await Promise.all([json(run('Asian Extract')), json(run('Asian Extract'))])
    expect([one.exit, two.exit]).toEqual([0, 0])
    expect([one.json.joined, two.json.joined].sort()).toEqual([false, true])
    expect(one.json.job.id).toBe(two.json.job.id)
    expect(one.json.receipt).toBe(two.json.receipt)
    expect(one.json.files).toEqual(two.json.files)
  })

  it('finishes in the next call what SIGTERM cut in the middle of a download', async () => {
    const site = await openCompanySite({ stateDir: session.newFolder('cli-site'), speed: 20 })
    const at = session.newFolder('cli-cut')
    const cut = session.newFolder('cli-cut-profile')
    // A home folder in whose certificates the company's authority is trusted.
    const home = companyHome()
    const ask = (words: readonly string[], stdin = '') =>
      start(session, { app }, [...words, '--profile', cut, '--json'], stdin, { HOME: home })
    try {
      const add = [
        'connection',
        'add',
        '--name',
        'Site',
        '--system',
        'concur',
        '--url',
        site.url,
        '--secrets',
        '-',
      ]
      expect(await ask(add, JSON.stringify(site.secrets)).ended).toMatchObject({ exit: 0 })
      const words = ['run', '--connection', 'site', '--definition', DEFINITION, '--to', at, '--again']
      const held = site.hold({ method: 'GET', path: /\/file$/, afterBytes: 10_000 })
      const first = ask(words)
      const over = await Promise.race([held.reached, first.ended])
      if (over) throw new Error(`It was over before: ${over.out}${over.err}`)
      first.child.kill('SIGTERM')
      const interrupted = await first.ended
      expect(interrupted.exit).toBe(143)
      expect(JSON.parse(interrupted.out)).toMatchObject({
        error: { code: 'interrupted' },
        outcome: 'interrupted',
        files: [],
      })
      expect(readdirSync(at).filter(name => !name.startsWith('.'))).toEqual([])
      held.release()

      const next = await ask(words.slice(0, -1)).ended
      expect(next.exit).toBe(0)
      const result: Result = JSON.parse(next.out)
      expect(result).toMatchObject({ outcome: 'delivered', joined: true })
      expect(result.job.id).toBe(JSON.parse(interrupted.out).job.id)
      expect(site.practice.concur.started(DEFINITION)).toBe(1)

      // Production, and it ran a moment ago: the deliberate second step.
      const third = await ask(words.slice(0, -1)).ended
      expect(third.exit).toBe(9)
      expect(JSON.parse(third.out)).toMatchObject({
        error: { code: 'again-needed' },
        job: { id: result.job.id },
      })
      expect(site.practice.concur.started(DEFINITION)).toBe(1)
    } finally {
      await site.close()
    }
  })

  it('is a script of the checkout, whose standard output is the command’s alone', () => {
    const own = join(session.description.folder, 'npm-profile')
    const words = ['run', '--silent', 'cli', '--', 'history', 'list', '--json', '--profile', own]
    const { status, stdout } = spawnSync('npm', words, { cwd: root, encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '[]\n' })
  })

  it('takes secrets for one run, and writes them nowhere', async () => {
    const other = session.newFolder('cli-once')
    const ask = (words: readonly string[], stdin = '') =>
      begin([...words, '--profile', other, '--json'], stdin)
    const given = JSON.stringify(secrets)
    const add = ['connection', 'add', '--name', 'Once', '--system', 'concur', '--mark', 'practice', '--url']
    const adding = ask([...add, practice.concur.url, '--secrets-for-this-run', '-'], given)
    expect(await adding.ended).toMatchObject({ exit: 0 })
    expect((await ask(['definition', 'list', '--connection', 'once']).ended).exit).toBe(3)
    const list = ask(['definition', 'list', '--connection', 'once', '--secrets-for-this-run', '-'], given)
    const seen = processesWith(Object.values(secrets))
    expect(await list.ended).toMatchObject({ exit: 0 })
    expect(seen).toEqual([])
    for (const place of [profile, other]) expect(filesWith(place, Object.values(secrets))).toEqual([])
    expect(faultsOf(profile)).toEqual([])
  })
})

/** The id that stands before the accounts in the keychain. */
function profileIdIn(profile: string): string {
  const found = /profile-[0-9a-f]{24}/.exec(readFileSync(join(profile, 'desk.db'), 'latin1'))
  if (!found) throw new Error('The profile has no id')
  return found[0]
}

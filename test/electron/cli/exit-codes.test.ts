import { chownSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { systemClock } from '../../../main/adapters/clock.ts'
import { openDatabase } from '../../../main/adapters/database/database.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { connectionId, definitionId, jobId } from '../../../main/core/ids.ts'
import { advance, intent } from '../../../main/core/jobs/job.ts'
import { type Practice, startPractice } from '../../../main/practice/index.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { faultsOf } from '../journeys/opened-app.ts'
import { desktop } from '../session/desktop.ts'
import { start } from './command.ts'

/**
 * Exit codes of docs/cli.md on the real program that no other story of this folder comes upon. What leads to each of
 * them is proved where it costs less (test/unit/cli/exits.test.ts).
 */
describe('the command line ends with', () => {
  const session = desktop()
  const profile = session.newFolder('codes')
  let practice: Practice

  async function ask(words: readonly string[], stdin = '', at = profile) {
    const command = [...words, '--profile', at, '--json']
    const { exit, out } = await start(session, { app: inject('app') }, command, stdin).ended
    return { exit, json: JSON.parse(out) }
  }
  const add = (name: string, system: 'concur' | 'vault', secrets: object) =>
    ask(
      [
        ...['connection', 'add', '--name', name, '--system', system, '--mark', 'practice'],
        ...['--url', practice[system].url, '--secrets-for-this-run', '-'],
      ],
      JSON.stringify(secrets),
    )

  /** What a test that runs as root wrote into a profile belongs to the session's user all the same. */
  function handOver(folder: string): void {
    const { account } = session
    if (account === undefined) return
    for (const name of readdirSync(folder)) chownSync(join(folder, name), account.uid, account.gid)
  }

  beforeAll(async () => {
    practice = await startPractice()
  })
  afterAll(async () => {
    await practice.close()
    session.detach()
  })

  it('7 where a job is queued or running, with that job; without one where the system names none', async () => {
    const secrets = practice.concur.signIn['refresh-token']
    expect((await add('Acme', 'concur', secrets)).exit).toBe(0)
    const begin = (definition: string) =>
      ask(
        ['job', 'start', '--connection', 'acme', '--definition', definition, '--secrets-for-this-run', '-'],
        JSON.stringify(secrets),
      )
    practice.scenario('slow')
    const first = await begin('Cash Advances')
    expect(first).toMatchObject({ exit: 0, json: { status: 'queued' } })
    expect(await begin('Cash Advances')).toMatchObject({
      exit: 7,
      json: { error: { code: 'already-running' }, job: { id: first.json.id } },
    })
    expect(practice.concur.started()).toBe(1)
    practice.scenario('busy')
    expect(await begin('Asian Extract')).toMatchObject({
      exit: 7,
      json: { error: { code: 'already-running' }, job: null },
    })
    expect(practice.concur.started()).toBe(1)
  })

  it('10 where nobody knows whether a job was started, until that is settled', async () => {
    practice.scenario('normal')
    const secrets = JSON.stringify(practice.vault.signIn.password)
    const of = ['--connection', 'vault', '--definition', 'Papers']
    const request = join(session.newFolder('codes-request'), 'papers.json')
    writeFileSync(request, JSON.stringify({ kind: 'documents', documents: [{ id: '58' }] }), { mode: 0o644 })
    const { json: connection } = await add('Vault', 'vault', practice.vault.signIn.password)
    const words = ['definition', 'add', '--connection', 'vault', '--name', 'Papers', '--file', request]
    const { exit, json: definition } = await ask(words)
    expect(exit).toBe(0)
    await loseAStart(connection.id, definition.id)

    const sent = practice.requests.length
    const started = await ask(['job', 'start', ...of, '--secrets-for-this-run', '-'], secrets)
    expect(started).toMatchObject({ exit: 10, json: { error: { code: 'start-unknown' } } })
    const to = session.newFolder('codes-in')
    const ran = await ask(['run', ...of, '--again', '--to', to, '--secrets-for-this-run', '-'], secrets)
    expect(ran).toMatchObject({ exit: 10, json: { outcome: 'start-unknown', files: [] } })
    const posts = practice.requests
      .slice(sent)
      .filter(({ method, path }) => method === 'POST' && !path.endsWith('/auth'))
    expect(posts).toEqual([])
    const settle = ['job', 'settle', ...of, '--not-started', '--secrets-for-this-run', '-']
    expect((await ask(settle, secrets)).exit).toBe(0)
  })

  /** As it is journalled where the answer to a start was lost and half a minute of looking has found nothing. */
  async function loseAStart(connection: string, definition: string): Promise<void> {
    const database = openDatabase(profile)
    const at = systemClock.now()
    const wish = intent(
      jobId('job-lost'),
      { id: definitionId(definition), connectionId: connectionId(connection) },
      'anna',
      null,
      at,
    )
    const sent = advance(wish, { kind: 'sending', at, listedBefore: [] })
    const lost = advance(sent, { kind: 'outcome-unknown', error: { code: 'connection-cut', facts: {} } })
    const jobs = createJobsRepository(database, systemClock, memoryLog())
    await jobs.save([{ job: lost, from: null, why: 'for the test' }])
    database.close()
    handOver(profile)
  }

  it('1 at a fault of its own, and says where the log of it is', async () => {
    const broken = session.newFolder('codes-fault')
    const database = openDatabase(broken)
    database.transaction(tx => tx.exec('DROP TABLE history'))
    database.close()
    handOver(broken)
    const { exit, json } = await ask(['history', 'list'], '', broken)
    expect({ exit, code: json.error.code }).toEqual({ exit: 1, code: 'internal' })
    expect(json.error.message).toContain(join(broken, 'logs'))
    expect(json.error.message).not.toContain('no such table')
    expect(readFileSync(join(broken, 'logs', 'extract-desk.log'), 'utf8')).toMatch(
      /cli\.fault.*no such table/,
    )
  })

  it('0 where it did what it should, though whoever reads its output has gone before', async () => {
    const read = session.newFolder('codes-head')
    const program = { app: inject('app') }
    const listing = start(session, program, ['connection', 'list', '--json', '--profile', read])
    listing.child.stdout?.destroy()
    const { exit, err } = await listing.ended
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(faultsOf(read)).toEqual([])
  })

  it('12 on a damaged profile, which it leaves as it is', async () => {
    const damaged = session.newFolder('codes-damaged')
    const file = join(damaged, 'desk.db')
    const bytes = 'This is not a database. '.repeat(400)
    writeFileSync(file, bytes)
    handOver(damaged)
    for (const words of [
      ['history', 'list'],
      ['connection', 'list'],
    ]) {
      const { exit, json } = await ask(words, '', damaged)
      expect({ exit, code: json.error.code }).toEqual({ exit: 12, code: 'profile-damaged' })
    }
    expect(readFileSync(file, 'utf8')).toBe(bytes)
  })
})

import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import AdmZip from 'adm-zip'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../main/adapters/database/database.ts'
import { appendJournal } from '../../../main/adapters/database/journal.ts'
import { createConnectionsRepository } from '../../../main/adapters/database/repositories/connections.ts'
import { createDiagnosesRepository } from '../../../main/adapters/database/repositories/diagnoses.ts'
import { createJournalExtract } from '../../../main/adapters/database/repositories/journal-extract.ts'
import { createRawAnswersRepository } from '../../../main/adapters/database/repositories/raw-answers.ts'
import { createFileLog, defaultLogSize } from '../../../main/adapters/log.ts'
import { logFilesIn } from '../../../main/adapters/log-files.ts'
import { zipPacker } from '../../../main/adapters/zip-packer.ts'
import { unmanaged } from '../../../main/core/policy/managed.ts'
import { createRedactor } from '../../../main/core/policy/redact.ts'
import type { Clock } from '../../../main/core/ports.ts'
import { defaultSettings } from '../../../main/core/settings/settings.ts'
import { keepingAnswers } from '../../../main/core/support/raw-answers.ts'
import { createSupport } from '../../../main/core/support/support-service.ts'
import { bundleParts } from '../../../preload/contract/support.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { aConnection } from '../../fakes/memory-connections.ts'
import { tempDatabase, tempFolder } from '../../fakes/temp-profile.ts'

/** What must never come out, by the channel that it is planted in. */
const canaries = {
  known: 'canary-known-Pa55!"word',
  token: 'canaryTokenAbCdEf0123456789',
  session: 'canary-session-771',
  iban: 'DE89 3704 0044 0532 0130 00',
  card: '4111 1111 1111 1111',
  account: '000123987456',
  proxy: 'canaryProxyPw',
  url: 'canaryUrlPw',
  home: '/home/canary-home',
  user: 'canary-user',
  computer: 'canary-laptop',
} as const
/** What must come out: it proves that the search sees what stands there. */
const seen = 'harmless-marker-2718'

/** Each canary in every spelling in which it could stand in a text. */
const spellings = Object.values(canaries).flatMap(canary => [
  canary,
  JSON.stringify(canary).slice(1, -1),
  encodeURIComponent(canary),
  canary.replaceAll(' ', ''),
  Buffer.from(canary).toString('base64').replace(/=+$/, ''),
])
const found = (text: string) =>
  spellings.filter(spelling => text.toLowerCase().includes(spelling.toLowerCase()))

const everything = {
  note: seen,
  said: `for ${canaries.known}, ${canaries.iban}, ${canaries.card}`,
  access_token: canaries.token,
  sessionId: canaries.session,
  cardNumber: canaries.card,
  bank: { iban: canaries.iban, accountNumber: canaries.account },
  link: `https://anna:${canaries.url}@h.example/icws/${canaries.session}/x?t=${canaries.token}`,
  authorization: `Basic ${canaries.proxy}`,
  folder: `${canaries.home}/in`,
  by: `${canaries.user} at ${canaries.computer}`,
}

/** A channel is what writes; each plants all it can. */
const channels: Record<string, (world: World) => Promise<void> | void> = {
  async 'the log, by keys and in texts'({ log }) {
    log.write('error', seen, {
      password: canaries.known,
      access_token: canaries.token,
      message: `failed for ${canaries.known}, card ${canaries.card}, ${canaries.iban}, account number: ${canaries.account}`,
      path: `${canaries.home}/in by ${canaries.user} at ${canaries.computer}`,
      url: `https://anna:${canaries.url}@h.example/icws/${canaries.session}/x?t=${canaries.token}`,
      'proxy-authorization': `Basic ${canaries.proxy}`,
    })
  },
  async 'a log file that somebody wrote to'({ folder }) {
    appendFileSync(
      join(folder, 'logs', 'extract-desk.log'),
      `not json: ${canaries.known} Bearer ${canaries.token} ${seen}\n`,
    )
  },
  async 'answers of systems'({ keep }) {
    const url = `https://h.example/icws/${canaries.session}/jobs?token=${canaries.token}`
    keep({
      system: 'icws',
      url,
      status: 500,
      headers: { 'set-cookie': `s=${canaries.session}` },
      body: JSON.stringify(everything),
    })
    keep({
      system: 'concur',
      url,
      status: 400,
      headers: {},
      body: `<Error><Password>${canaries.proxy}</Password><Message>${seen} ${canaries.known} ${canaries.iban} ${canaries.card}</Message></Error>`,
    })
  },
  async 'the database: connections, jobs, deliveries, the journal'({ database, connections }) {
    await connections.save(
      aConnection({
        name: seen,
        url: `https://anna:${canaries.url}@h.example/`,
        signIn: {
          ...aConnection().signIn,
          error: { code: 'sign-in-refused', facts: {}, said: canaries.known },
        },
      }),
      `because ${canaries.known}`,
    )
    database.transaction(tx => {
      appendJournal(tx, {
        at: fakeClock().now(),
        entity: 'job',
        entityId: 'j',
        from: null,
        to: 'running',
        why: `${seen} ${canaries.card}`,
        facts: everything,
      })
      tx.run(
        `INSERT INTO definitions (id, connection_id, remote_id, name, removed, watch) VALUES ('d', 'connection-a', 'r', 'n', 0, 0)`,
      )
      tx.run(
        `INSERT INTO jobs (id, connection_id, definition_id, state, origin, known_at, listed_before, has_files, listed, raw, rev, started_by)
         VALUES ('j', 'connection-a', 'd', 'unknown', 'here', 1, '[]', 0, 0, ?, 1, ?)`,
        JSON.stringify({ ...everything, nested: { deep: [everything] } }),
        canaries.user,
      )
      tx.run(
        `INSERT INTO deliveries (id, job_id, definition_id, connection_id, folder, destination, follows_definition, requested_by, state, error, attempts, made, created_at, updated_at, rev)
         VALUES ('v', 'j', 'd', 'connection-a', ?, ?, 1, ?, 'conflict', ?, 1, '{}', 1, 1, 1)`,
        `${canaries.home}/in`,
        JSON.stringify({ folder: `${canaries.home}/in`, note: seen }),
        canaries.user,
        JSON.stringify({ code: 'conflict', facts: {}, said: canaries.known }),
      )
    })
  },
  async 'settings, policy and the doctor'({ diagnoses }) {
    await diagnoses.save({
      connectionId: 'connection-a',
      connection: 'Acme',
      host: 'h.example',
      startedAt: 1,
      findings: [],
      now: null,
      cancelled: false,
      report: `${seen}\nseen by ${canaries.user}: ${canaries.known}, ${canaries.iban}\n`,
    })
  },
}

type World = ReturnType<typeof world>
function world() {
  const folder = tempFolder()
  mkdirSync(join(folder, 'logs'))
  /** Nothing here waits for a time: whoever lets others have their turn gets the next one. */
  const clock: Clock = {
    now: fakeClock().now,
    wake(_at, run) {
      queueMicrotask(run)
      return () => {}
    },
  }
  const redactor = createRedactor()
  redactor.learn(canaries.known, canaries.proxy)
  const log = createFileLog({ folder: join(folder, 'logs'), ...defaultLogSize }, redactor, clock)
  const database: Database = tempDatabase(folder)
  const answers = createRawAnswersRepository(database, log)
  const diagnoses = createDiagnosesRepository(database, log)
  const connections = createConnectionsRepository(database, clock, log)
  const support = createSupport({
    redactor,
    clock,
    answers,
    diagnoses,
    connections,
    ids: countingIds(),
    packer: zipPacker,
    journal: createJournalExtract(database),
    logs: logFilesIn(join(folder, 'logs'), defaultLogSize.count),
    settings: {
      get: async () => ({
        ...defaultSettings,
        defaultFolder: `${canaries.home}/${seen}`,
        proxy: { mode: 'pac', url: `http://anna:${canaries.url}@proxy.example/${seen}.pac` },
      }),
    },
    policy: {
      get: async () => ({
        ...unmanaged,
        settings: { proxyPassword: canaries.proxy, note: `${seen} ${canaries.known}` },
      }),
    },
    versions: () => ({ app: '1.0.0', note: seen, path: canaries.home }),
    personal: () => ({ home: canaries.home, account: canaries.user, computer: canaries.computer }),
  })
  return {
    folder,
    log,
    database,
    diagnoses,
    connections,
    support,

    keep: keepingAnswers({ answers, redactor, clock, log }),
  }
}

async function bundleOf({ support }: World): Promise<ReadonlyMap<string, string>> {
  const id = await support.begin()
  for (const kind of bundleParts) await support.collect(id, kind)
  const { name, bytes } = await support.pack(id)
  expect(name).toBe('extract-desk-support-2026-11-01.zip')
  const archive = new AdmZip(Buffer.from(await bytes()))
  return new Map(archive.getEntries().map(entry => [entry.entryName, entry.getData().toString('utf8')]))
}

describe('the support bundle', () => {
  let here: World
  beforeEach(() => {
    here = world()
  })

  it.each(Object.keys(channels))(
    'holds nothing that was planted in %s, and what stands beside it',
    async name => {
      await channels[name]?.(here)
      const files = await bundleOf(here)
      const texts = [...files].map(([file, text]) => `${file}\n${text}`).join('\n')
      expect(found(texts)).toEqual([])
      expect(texts).toContain(seen)
    },
  )

  it('holds every part, each readable line by line', async () => {
    for (const plant of Object.values(channels)) await plant(here)
    const files = await bundleOf(here)
    expect([...files.keys()].sort()).toEqual([
      'about.json',
      'connections.jsonl',
      'journal/deliveries.jsonl',
      'journal/due-times.jsonl',
      'journal/jobs.jsonl',
      'journal/journal.jsonl',
      'logs.jsonl',
      'network-doctor.txt',
      'policy.json',
      'raw-answers.jsonl',
      'settings.json',
    ])
    for (const [name, text] of files) {
      if (!name.startsWith('journal/') && name !== 'settings.json') continue
      for (const line of text.split('\n')) if (line !== '') expect(() => JSON.parse(line), name).not.toThrow()
    }
    expect(files.get('journal/jobs.jsonl')).toContain('[masked]')
    expect(files.get('settings.json')).toContain('~/')
  })

  it('is searched by something that would find what was planted', () => {
    for (const canary of Object.values(canaries)) expect(found(`x ${canary} y`)).toContain(canary)
    expect(found(JSON.stringify({ a: canaries.known }))).not.toEqual([])
    expect(found(encodeURIComponent(canaries.known))).not.toEqual([])
    expect(found(seen)).toEqual([])
  })

  it('is saved as it was shown, whatever is written meanwhile', async () => {
    const { support, log } = here
    log.write('info', 'shown')
    const id = await support.begin()
    for (const kind of bundleParts) await support.collect(id, kind)
    log.write('info', 'too-late')
    const shown = await support.read(id, 'logs', 0)
    const archive = new AdmZip(Buffer.from(await (await support.pack(id)).bytes()))
    expect(archive.getEntry('logs.jsonl')?.getData().toString('utf8')).toBe(shown.text)
    expect(shown).toMatchObject({ text: expect.stringContaining('shown'), next: null })
    expect(shown.text).not.toContain('too-late')
  })

  it('is shown piece by piece where a part is long', async () => {
    const { support, log } = here
    for (let n = 0; n < 1000; n += 1) log.write('info', 'line', { n, text: 'x '.repeat(50) })
    const id = await support.begin()
    const { bytes, lines } = await support.collect(id, 'logs')
    expect(lines).toBe(1000)
    let text = ''
    for (let next: number | null = 0; next !== null; ) {
      const piece = await support.read(id, 'logs', next)
      text += piece.text
      next = piece.next
    }
    expect(Buffer.byteLength(text)).toBe(bytes)
  })

  it('that was left, or begun anew, is no longer there; one part alone is not saved', async () => {
    const { support } = here
    const first = await support.begin()
    await support.collect(first, 'about')
    await expect(support.pack(first)).rejects.toMatchObject({ code: 'not-found' })
    const second = await support.begin()
    await expect(support.collect(first, 'about')).rejects.toMatchObject({ code: 'cancelled' })
    await support.leave(first)
    await support.collect(second, 'about')
    await support.leave(second)
    await expect(support.read(second, 'about', 0)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

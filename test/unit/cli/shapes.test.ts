import { describe, expect, it } from 'vitest'
import type { DatedHistoryRow } from '../../../main/core/desk.ts'
import { AppError } from '../../../main/core/errors.ts'
import { instantAt } from '../../../main/core/time.ts'
import type { NewConnection } from '../../../preload/contract/types.ts'
import { call, type Setting } from './call.ts'
import { aConnection, aDefinition, aJob, aReceipt, running } from './views.ts'

const connections = { list: async () => [aConnection] }
const definitions = { list: async () => [aDefinition], refresh: async () => [aDefinition] }
const ask = (words: string, desk: Setting['desk'], more: Setting = {}) =>
  call([...words.split(' '), '--json'], { desk: { connections, definitions, ...desk }, ...more })

const connection = {
  id: 'connection-1',
  name: 'Acme EU',
  system: 'concur',
  url: 'https://eu.example',
  mark: 'production',
  auth: 'refresh-token',
  signIn: { state: 'ok', expiresAt: '2027-05-01T10:00:00Z' },
}
const job = {
  id: 'gWqq$1',
  definition: 'Standard Accounting Extract',
  status: 'completed',
  rawStatus: 'Completed',
  startedAt: '2026-11-01T18:30:02Z',
  endedAt: '2026-11-01T18:31:10Z',
  receipt: 'r-1',
}

describe('connections', () => {
  it('list', async () => {
    expect((await ask('connection list', {})).json).toEqual([connection])
    // Without secrets nobody is signed in here, whatever the last sign-in came to.
    const kept = { ...aConnection, secrets: 'none' } as const
    const desk = { connections: { list: async () => [kept] } }
    const bare = await call(['connection', 'list', '--json'], { desk })
    expect(JSON.parse(bare.out)).toMatchObject([{ signIn: { state: 'unknown', expiresAt: null } }])
    expect((await call(['connection', 'list'], { desk })).out).toContain('No secrets here')
  })

  it('add: the secrets of standard input, for the keychain', async () => {
    const asked: NewConnection[] = []
    const add = async (input: NewConnection) => {
      asked.push(input)
      return aConnection
    }
    const words =
      'connection add --name New --system icws --url https://x --secrets - --output-map \\\\s\\a=/mnt/a'
    const called = await ask(
      words,
      { connections: { ...connections, add } },
      { stdin: '{"userId":"u","password":"p"}' },
    )
    expect(called.json).toEqual(connection)
    expect(asked).toEqual([
      {
        name: 'New',
        system: 'icws',
        url: 'https://x',
        mark: 'production',
        auth: 'password',
        outputMaps: [{ server: '\\\\s\\a', local: '/mnt/a' }],
        secrets: { userId: 'u', password: 'p' },
        keep: 'keychain',
      },
    ])
  })

  it('add: refuses a name that is taken before anything is sent', async () => {
    const called = await ask(
      'connection add --name acme-eu --system concur --url https://x --secrets -',
      { connections: { list: async () => [{ ...aConnection, name: 'Acme-EU' }] } },
      { stdin: '{"clientId":"c"}' },
    )
    expect(called.exit).toBe(2)
    expect(called.json).toHaveProperty('error.code', 'name-taken')
  })

  it('add: an unknown certificate is named by its fingerprint', async () => {
    const add = async () => {
      throw new AppError('certificate', { facts: { fingerprint: 'ab'.repeat(32), issuer: 'Corp' } })
    }
    const words = 'connection add --name New --system concur --url https://x --secrets -'
    const called = await ask(words, { connections: { ...connections, add } }, { stdin: '{"clientId":"c"}' })
    expect(called.exit).toBe(4)
    expect(called.json).toMatchObject({
      error: { code: 'certificate', next: expect.stringContaining('ab'.repeat(32)) },
      certificateSha256: 'ab'.repeat(32),
    })
  })

  it.each(['', 'no json', '[]', '"text"', '{"a":1}', '{}', 'null'])(
    'sign-in: refuses %j as secrets',
    async stdin => {
      const called = await ask('connection sign-in Acme --secrets -', {}, { stdin })
      expect(called.exit).toBe(2)
      if (stdin.length > 4) expect(called.out).not.toContain(stdin)
    },
  )

  it('sign-in: takes secrets from standard input alone', async () => {
    expect((await ask('connection sign-in Acme --secrets hunter2', {})).out).not.toContain('hunter2')
    expect((await ask('connection sign-in Acme --secrets hunter2', {})).exit).toBe(2)
  })

  it('test, remove', async () => {
    const desk = { connections: { ...connections, test: async () => aConnection, remove: async () => {} } }
    expect((await ask('connection test connection-1', desk)).json).toEqual(connection)
    expect((await ask('connection remove connection-1', desk)).json).toEqual(connection)
    expect((await ask('connection remove nobody', desk)).exit).toBe(11)
  })
})

describe('definitions', () => {
  it('list', async () => {
    expect((await ask('definition list --connection connection-1', {})).json).toEqual([
      {
        id: 'definition-1',
        name: 'Standard Accounting Extract',
        remoteId: 'gDef$1',
        lastJob: job,
        lastReceipt: 'r-1',
        destination: aDefinition.destination,
      },
    ])
  })

  it('ambiguous names end with 11 and name the ids', async () => {
    const twin = { ...aDefinition, id: 'definition-2' }
    const called = await call(
      [
        'definition',
        'show',
        '--connection',
        'acme eu',
        '--definition',
        'standard accounting EXTRACT',
        '--json',
      ],
      { desk: { connections, definitions: { list: async () => [aDefinition, twin] } } },
    )
    expect(called.exit).toBe(11)
    expect(called.json).toHaveProperty('error.code', 'ambiguous')
    expect(called.out).toContain('definition-2')
  })

  it('add: reads the file strictly enough to be sure that it is an object', async () => {
    const words = 'definition add --connection connection-1 --name D --file r.json'
    const add = async () => ({ ...aDefinition, kind: 'kept' as const, request: { kind: 'binder' } })
    const desk = { definitions: { ...definitions, add } }
    expect((await ask(words, desk, { files: { 'r.json': '{"kind":"binder"}' } })).json).toHaveProperty(
      'request',
    )
    expect((await ask(words, desk, { files: { 'r.json': '[1]' } })).exit).toBe(2)
    expect((await ask(words, desk)).exit).toBe(2)
  })
})

describe('jobs', () => {
  const raw = { 'file-link': 'x' }

  it('list: the system’s own, whether a definition is ours or not', async () => {
    const listed = async () => [
      {
        remoteId: 'gWqq$1',
        definitionId: 'definition-1',
        jobId: 'job-1',
        name: null,
        status: 'completed' as const,
        rawStatus: 'Completed',
        startedAt: aJob.startedAt,
        endedAt: aJob.endedAt,
        receiptId: 'r-1',
        raw,
      },
      {
        remoteId: 'other',
        definitionId: null,
        jobId: null,
        name: null,
        status: 'running' as const,
        rawStatus: '2',
        startedAt: null,
        endedAt: null,
        receiptId: null,
        raw,
      },
    ]
    expect((await ask('job list --connection connection-1', { jobs: { listed } })).json).toEqual([
      job,
      {
        id: 'other',
        definition: null,
        status: 'running',
        rawStatus: '2',
        startedAt: null,
        endedAt: null,
        receipt: null,
      },
    ])
    const one = await ask('job list --connection connection-1 --definition definition-1', {
      jobs: { listed },
    })
    expect(one.json).toEqual([job])
  })

  const noOwn = async () => {
    throw new AppError('not-found')
  }

  it('show: by the system’s id, from the journal or from the system', async () => {
    const jobs = { view: noOwn, raw: async () => raw }
    const known = await ask('job show --connection connection-1 --job gWqq$1', {
      jobs: { ...jobs, known: async () => aJob },
    })
    expect(known.json).toEqual({ ...job, raw })
    const tracked = await ask('job show --connection connection-1 --job gWqq$1', {
      jobs: { ...jobs, known: async () => null, track: async () => running },
    })
    expect(tracked.json).toMatchObject({ status: 'running', endedAt: null, receipt: null, raw })
    const nowhere = await ask('job show --connection connection-1 --job gWqq$1', {
      jobs: { ...jobs, known: async () => null, track: noOwn },
    })
    expect(nowhere.exit).toBe(11)
  })

  it('start, cancel', async () => {
    const jobs = {
      start: async () => running,
      raw: async () => raw,
      view: async () => running,
      cancel: async () => running,
    }
    const started = await ask('job start --connection connection-1 --definition definition-1', { jobs })
    expect(started).toMatchObject({ exit: 0, json: { id: 'gWqq$1', status: 'running', raw } })
    expect((await ask('job cancel --connection connection-1 --job job-1', { jobs })).exit).toBe(0)
  })

  it('settle: what was told, to the start that is unsettled', async () => {
    const unsettled = { ...running, remoteId: null, state: 'start-unknown' as const }
    const settled: unknown[] = []
    const jobs = {
      raw: async () => raw,
      settle: async (_id: unknown, outcome: unknown) => {
        settled.push(outcome)
        return aJob
      },
    }
    const plan = (open: typeof unsettled | null) => async () => ({
      definitionId: 'definition-1',
      lastRun: null,
      lastCompleted: null,
      lastReceipt: null,
      open,
      again: null,
      destination: null,
    })
    const words = 'job settle --connection connection-1 --definition definition-1'
    expect((await ask(`${words} --job gWqq$1`, { jobs: { ...jobs, plan: plan(unsettled) } })).exit).toBe(0)
    expect((await ask(`${words} --not-started`, { jobs: { ...jobs, plan: plan(unsettled) } })).exit).toBe(0)
    expect(settled).toEqual([{ remoteId: 'gWqq$1' }, 'not-started'])
    expect((await ask(`${words} --not-started`, { jobs: { ...jobs, plan: plan(null) } })).exit).toBe(11)
  })
})

describe('history', () => {
  const row: DatedHistoryRow = {
    jobId: 'job-1',
    receiptId: 'r-1',
    connectionId: 'connection-1',
    connectionName: 'Acme EU',
    mark: 'production',
    definitionName: 'Standard Accounting Extract',
    remoteJobId: 'gWqq$1',
    jobState: 'completed',
    deliveryState: 'delivered',
    at: 1,
    deliveredAt: instantAt(aReceipt.deliveredAt),
    files: 1,
    bytes: 3,
    rows: 4,
    total: null,
  }

  it('list: what was asked for, newest first', async () => {
    const queries: unknown[] = []
    const list = async (query: unknown) => {
      queries.push(query)
      return {
        total: 2,
        rows: [row, { ...row, deliveryState: null, jobState: 'failed' as const, receiptId: null }],
      }
    }
    const called = await ask('history list --search acme --limit 2', { history: { list } })
    expect(called.json).toEqual([
      {
        id: 'job-1',
        receipt: 'r-1',
        connection: 'Acme EU',
        definition: 'Standard Accounting Extract',
        job: 'gWqq$1',
        outcome: 'delivered',
        deliveredAt: '2026-11-01T18:31:12Z',
        files: 1,
        bytes: 3,
        rows: 4,
      },
      expect.objectContaining({ outcome: 'failed', receipt: null }),
    ])
    expect(queries).toEqual([
      { text: 'acme', connectionId: null, outcome: 'any', since: null, offset: 0, limit: 2 },
    ])
  })

  it('list: in the window’s words and in sizes that people use, where it is a table', async () => {
    const rows = [
      { ...row, bytes: 48_211 },
      { ...row, deliveryState: null, receiptId: null, bytes: null },
      { ...row, deliveryState: null, jobState: 'gone' as const },
    ]
    const list = async () => ({ total: 3, rows })
    const { out } = await call(['history', 'list'], { desk: { history: { list } } })
    const [heads, ...lines] = out.split('\n')
    expect(heads).toMatch(/Outcome +Files +Size +Rows +Receipt/)
    expect(lines[0]).toMatch(/Delivered +1 +48\.2 KB/)
    expect(lines[1]).toMatch(/Not saved +1 +- /)
    expect(lines[2]).toContain('No longer listed')
  })

  it('show: the receipt; 11 where there is none', async () => {
    expect((await ask('history show r-1', { receipts: { show: async () => aReceipt } })).json).toEqual({
      ...aReceipt,
      deliveredAt: '2026-11-01T18:31:12Z',
    })
    const show = async () => {
      throw new AppError('not-found')
    }
    expect((await ask('history show r-9', { receipts: { show } })).exit).toBe(11)
  })

  it('draws a table that a server’s names cannot break out of', async () => {
    const list = async () => ({ total: 9, rows: [{ ...row, definitionName: 'a\u001b[2Jb\nc' }] })
    const { out } = await call(['history', 'list'], { desk: { history: { list } } })
    expect(out).not.toContain('\u001b')
    expect(out).toContain('a\ufffd[2Jb\ufffdc')
    expect(out).toContain('1 of 9 shown')
  })
})

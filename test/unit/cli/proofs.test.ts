import { describe, expect, it } from 'vitest'
import type { Setting } from './call.ts'
import { call } from './call.ts'

const ask = (words: string, desk: Setting['desk'], more: Setting = {}) =>
  call([...words.split(' '), '--json'], { ...more, ...(desk ? { desk } : {}) })

describe('verify', () => {
  const vouched = { head: { id: 'r-1', number: 1, hash: 'aa' }, unproven: [], forged: false }
  const all = (
    files: readonly object[],
    findings: readonly object[] = [],
    proof: object = { end: null, vouched },
  ) => ({
    receipts: {
      async *verifyAll() {
        yield { step: 'chain', chain: { receipts: 1, findings, proof } } as never
        yield { step: 'receipt', receiptId: 'r-1', number: 1, files } as never
      },
    },
  })

  it('finds nothing', async () => {
    const called = await ask('verify', all([{ path: '/a', found: 'there' }]))
    expect(called).toMatchObject({ exit: 0, json: { receipts: 1, files: 1, findings: [] } })
  })

  it('6: any finding, of files or of the chain', async () => {
    const called = await ask(
      'verify',
      all(
        [
          { path: '/a', found: 'changed' },
          { path: '/b', found: 'moved', movedTo: '/c' },
        ],
        [{ kind: 'receipt-missing', number: 2, receiptId: null }],
      ),
    )
    expect(called.exit).toBe(6)
    expect(called.json).toMatchObject({
      error: { code: 'findings' },
      findings: [
        { receipt: null, path: null, kind: 'receipt-missing' },
        { receipt: 'r-1', path: '/a', kind: 'changed' },
        { receipt: 'r-1', path: '/b', kind: 'moved' },
      ],
    })
  })

  it('8: a share that is away is no finding, and not nothing either', async () => {
    const called = await ask('verify', all([{ path: '/a', found: 'unreachable' }]))
    expect(called).toMatchObject({ exit: 8, json: { findings: [], unreachable: ['/a'] } })
  })

  it('says what cannot be proven', async () => {
    const called = await ask('verify', all([], [], { end: null, vouched: 'keychain-unavailable' }))
    expect(called).toMatchObject({ exit: 0, json: { warnings: [{ code: 'keychain-unavailable' }] } })
  })

  it('one receipt', async () => {
    const verify = async () => ({
      receiptId: 'r-1',
      files: [{ path: '/a', found: 'there' as const }],
      chain: 'chain-broken' as const,
      chainAt: 1,
      unproven: null,
    })
    const called = await ask('verify r-1', { receipts: { verify } })
    expect(called).toMatchObject({ exit: 6, json: { findings: [{ receipt: 'r-1', kind: 'chain-broken' }] } })
  })
})

describe('settings', () => {
  const file = {
    format: 'extract-desk-settings',
    version: 1,
    connections: [],
    definitions: [],
    schedules: [],
  } as const
  const settingsFiles = { export: async () => ({ ...file, connections: [], definitions: [], schedules: [] }) }

  it('export: a new file, never over one that is there', async () => {
    const written = new Map<string, string>()
    const called = await ask('settings export s.json', { settingsFiles }, { written })
    expect(called.json).toEqual({ file: '/work/s.json', connections: 0, destinations: 0, schedules: 0 })
    expect(JSON.parse(written.get('/work/s.json') ?? '')).toEqual(file)
    const there = await ask('settings export s.json', { settingsFiles }, { files: { '/work/s.json': '' } })
    expect(there).toMatchObject({ exit: 8, json: { error: { code: 'conflict' } } })
  })

  it('import: what the core makes of it', async () => {
    const imported = {
      before: '/profile/backups/settings-before-import.json',
      connections: { added: ['A'], kept: [] },
      definitions: 1,
      destinations: 1,
      schedules: [],
    }
    const desk = { settingsFiles: { import: async () => imported } }
    expect((await ask('settings import s.json', desk, { files: { '/work/s.json': '{}' } })).json).toEqual(
      imported,
    )
    expect((await ask('settings import s.json', desk, { files: { '/work/s.json': 'x' } })).exit).toBe(2)
    expect((await ask('settings import s.json', desk)).exit).toBe(2)
  })
})

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openPolicy } from '../../../main/adapters/policy/policy.ts'
import { policyPlaces, readPolicyDocument } from '../../../main/adapters/policy/policy-document.ts'
import { unmanaged } from '../../../main/core/policy/managed.ts'
import { memoryLog } from '../../fakes/memory-log.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = () => join(folder, 'policy.json')
const me = process.getuid?.() ?? 0
const read = (administrator = me) =>
  readPolicyDocument('linux', { ...policyPlaces, linux: file() }, administrator)

describe.runIf(process.platform === 'linux')('the policy file', () => {
  test('need not be there', async () => {
    expect(await read()).toBeNull()
    expect(await openPolicy(memoryLog(), read).get()).toEqual(unmanaged)
  })

  test('counts only where the administrator alone can have written it', async () => {
    const log = memoryLog()
    writeFileSync(file(), '{"practice": true}', { mode: 0o644 })
    const theirs = () => read(me + 1)
    expect((await openPolicy(log, theirs).get()).unreadable).toEqual(['*'])
    expect(log.entries).toMatchObject([{ level: 'error', event: 'policy.unreadable' }])
  })

  test('holds, and not where others may write to it', async () => {
    writeFileSync(file(), '{"practice": false}', { mode: 0o644 })
    expect(await openPolicy(memoryLog(), read).get()).toEqual({ ...unmanaged, practice: false })
    chmodSync(file(), 0o666)
    expect((await openPolicy(memoryLog(), read).get()).connections).toBe('fixed')
  })

  test('that is cut short allows nothing', async () => {
    writeFileSync(file(), '{"practice": tr', { mode: 0o644 })
    expect((await openPolicy(memoryLog(), read).get()).unreadable).toEqual(['*'])
  })

  test('that cannot be looked at is not taken for none', async () => {
    // A file where its folder should be: the name cannot be followed, whoever asks.
    writeFileSync(join(folder, 'in-the-way'), '')
    const hidden = () =>
      readPolicyDocument('linux', { ...policyPlaces, linux: join(folder, 'in-the-way', 'policy.json') }, me)
    expect((await openPolicy(memoryLog(), hidden).get()).unreadable).toEqual(['*'])
  })
})

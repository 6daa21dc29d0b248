import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { benchSubject, performancePage } from '../../../build/record/performance.mjs'
import { merged, readRecord, writeRecord } from '../../../build/record/record.mjs'
import { faultSubject, reliabilityPage } from '../../../build/record/reliability.mjs'
import { limitLine, ratioLine } from '../../bench/line.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'

const old = { on: '2026-11-01', machine: '2 × old' }
const today = { on: '2026-11-22', machine: '4 × new' }
const subject = (name: string, measure = 'time-ratio') => ({ bench: 'delivery', case: name, measure })
const fast = ratioLine(subject('csv'), { ours: 1, theirs: 2 }, 0.6)
const slow = ratioLine(subject('csv'), { ours: 3, theirs: 2 }, 0.6)
const zip = limitLine(subject('zip', 'peak-memory'), 70, 'MB', 120)
const killed = {
  ...{ faults: 'engine', family: 'kill-9', tried: 1200, lost: 0 },
  asked: { vault: 12 },
  seed: 7,
}

describe('the record of runs', () => {
  test('has new figures instead of the old ones of the same case, and leaves all others', () => {
    const kept = [
      { ...slow, ...old },
      { ...zip, ...old },
    ]
    expect(merged(kept, [{ ...fast, ...today }], benchSubject)).toEqual([
      { ...fast, ...today },
      { ...zip, ...old },
    ])
  })

  test('drops a measure that its case no longer has', () => {
    const gone = { ...slow, measure: 'gone', ...old }
    expect(merged([gone], [{ ...fast, ...today }], benchSubject)).toEqual([{ ...fast, ...today }])
  })

  test('is read as it was written, and is empty before the first run', () => {
    const file = join(tempFolder(), 'figures', 'performance.jsonl')
    expect(readRecord(file)).toEqual([])
    writeRecord(file, [{ ...fast, ...today }])
    expect(readRecord(file)).toEqual([{ ...fast, ...today }])
  })

  test('is what the pages in docs say, nothing else', () => {
    const docs = join(import.meta.dirname, '..', '..', '..', 'docs')
    const page = (name: string) => readFileSync(join(docs, `${name}.md`), 'utf8')
    const record = (name: string) => join(docs, 'figures', `${name}.jsonl`)
    expect(page('performance')).toBe(performancePage(readRecord(record('performance'))))
    expect(page('reliability')).toBe(reliabilityPage(readRecord(record('reliability'))))
  })
})

describe('the page', () => {
  test('of benches says how many targets are met, and which are not', () => {
    const page = performancePage([
      { ...slow, ...old },
      { ...zip, ...today },
    ])
    expect(page).toContain('1 of 2 targets are met')
    expect(page).toContain('| csv | time-ratio | 1.5 | 0.6 | **missed** | 3 s | 2 s | 2026-11-01, A |')
    expect(page).toContain('| zip | peak-memory | 70 MB | 120 | met |  |  | 2026-11-22, B |')
    expect(page).toContain('- **A**: 2 × old')
  })

  test('of faults shows every count, those by system too', () => {
    const page = reliabilityPage([{ ...killed, ...today }])
    expect(page).toContain('| family | tried | lost | asked | seed | seen on |')
    expect(page).toContain('| kill-9 | 1,200 | 0 | vault 12 | 7 | 2026-11-22, A |')
    expect(faultSubject(killed)).toBe('engine/kill-9')
  })
})

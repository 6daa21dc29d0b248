import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AdmZip from 'adm-zip'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FileWorkers, openFileWorkers } from '../../../main/adapters/worker/file-workers.ts'
import type { ViewedFile } from '../../../main/core/inside/inside-work.ts'
import { moneyText } from '../../../main/core/money.ts'
import { buildWorker } from '../../fakes/worker-file.ts'

const silent = { signal: new AbortController().signal, onProgress: () => {} }
const rows = 60_000
const text = `Key|Amount|Note\n${Array.from({ length: rows }, (_, n) => `${String(n).padStart(6, '0')}|${n}.25|"a|${'x'.repeat(300)}"`).join('\n')}\n`

let program = ''
let built = ''
let folder = ''
let workers: FileWorkers

beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'extract-desk-worker-'))
  program = await buildWorker(built)
}, 60_000)
afterAll(() => rmSync(built, { recursive: true, force: true }))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'extract-desk-'))
  workers = openFileWorkers(program)
})
afterEach(async () => {
  await workers.close()
  rmSync(folder, { recursive: true, force: true })
})

async function opened(): Promise<ViewedFile> {
  const path = join(folder, 'extract.txt')
  writeFileSync(path, text)
  const { stamp, beginning } = await workers.inside({ what: 'open', path }, silent)
  if (!beginning) throw new Error('It is no table')
  return { path, stamp, format: beginning.format }
}

describe('looking inside in worker threads', () => {
  it('counts, adds up and finds any row, while rows are asked for in between', async () => {
    const file = await opened()
    let told = 0
    const index = await workers.inside(
      { what: 'index', file, header: null, columns: [1] },
      { ...silent, onProgress: bytes => (told += bytes) },
    )
    expect(index.rows).toBe(rows)
    expect(index.marks).toHaveLength(Math.ceil(rows / 64))
    expect(index.sums.map(({ sum, numbers }) => [moneyText(sum), numbers])).toEqual([
      [`${(rows * (rows - 1)) / 2 + rows / 4}.00`, rows],
    ])
    expect(told).toBeGreaterThan(text.length / 2)
    const mark = 500
    const span = { from: index.marks[mark] ?? 0, to: index.marks[mark + 1] ?? 0, row: mark * 64, keep: null }
    const wanted = { columns: [0, 2], longest: 5, masked: [], pieces: [{ span, rows: [mark * 64 + 7] }] }
    const [again, found] = await Promise.all([
      workers.inside({ what: 'index', file, header: null, columns: [] }, silent),
      workers.inside({ what: 'rows', file, wanted }, silent),
    ])
    expect(again.rows).toBe(rows)
    expect(found).toEqual([
      [
        String(mark * 64 + 7)
          .padStart(6, '0')
          .slice(0, 5)
          .concat('…'),
        'a|xxx…',
      ],
    ])
  })

  it('ends when it is cancelled, and says what went wrong as the error that it is', async () => {
    const file = await opened()
    const cancelled = new AbortController()
    const index = workers.inside(
      { what: 'index', file, header: null, columns: [] },
      { ...silent, signal: cancelled.signal },
    )
    cancelled.abort()
    await expect(index).rejects.toMatchObject({ code: 'cancelled' })
    const other = { ...file, stamp: 'another' }
    await expect(
      workers.inside({ what: 'index', file: other, header: null, columns: [] }, silent),
    ).rejects.toMatchObject({ code: 'file-changed' })
  })

  it('writes the safe copy with the bundled library', async () => {
    const file = await opened()
    const to = join(folder, 'copy.xlsx')
    const span = { from: file.format.dataAt, to: text.length, row: 0, keep: null }
    const columns = [
      { column: 0, name: 'Key', money: false },
      { column: 1, name: 'Amount', money: false },
    ]
    const wanted = { columns, spans: [span], masked: [], to, sheetRows: 1_048_576 }
    const copied = await workers.inside({ what: 'copy', file, wanted }, silent)
    expect(copied).toEqual({ rows, sheets: 1, cellsCut: 0 })
    const sheet = new AdmZip(to).readAsText('xl/worksheets/sheet1.xml')
    expect(sheet).toContain('<t>000042</t>')
    expect(sheet).toContain('<v>42.25</v>')
    expect(readFileSync(file.path, 'utf8')).toBe(text)
  })
})

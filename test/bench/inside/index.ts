import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Bench, Stage } from '../../../build/named-runs.mjs'
import { randomFrom } from '../../../main/practice/random.ts'
import { limitLine, quantile, ratioLine } from '../line.ts'
import { type Looking, lookInside } from './looking.ts'
import { decimalOf, type Material, writeExtract } from './material.ts'

const run = promisify(execFile)
const gigabyte = 1e9
const turns = 5
const opens = 9
const places = 50
/** What a screen shows, and more. */
const rowsAtOnce = 100

/** A gigabyte of an accounting extract: how soon it is seen, how soon any of it, and how soon all of it is added up. */
export const insideBench: Bench = async stage => {
  const folder = mkdtempSync(join(tmpdir(), 'extract-desk-inside-'))
  try {
    const path = join(folder, 'extract_CES_SAE_bench.txt')
    const made = writeExtract(path, gigabyte)
    stage.say(`${made.rows} rows, ${(made.bytes / 1e6).toFixed(0)} MB`)
    await measure(stage, path, made)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const about = (measure: string) => ({ bench: 'inside', case: 'extract-1-gb', measure })

async function measure({ print, say }: Stage, path: string, made: Material): Promise<void> {
  const opened: number[] = []
  for (let turn = 0; turn < opens; turn += 1) {
    // A thread of its own each time: the first file of a day is opened like this.
    const looking = lookInside(path)
    opened.push((await looking.timed(() => looking.open())).ms)
    await looking.close()
  }
  print(limitLine(about('first-rows'), quantile(opened, 0.5), 'ms', 300))
  print(limitLine(about('first-rows-worst'), Math.max(...opened), 'ms', null))

  const ours: number[] = []
  const theirs: number[] = []
  let mawkSum = ''
  let sum = ''
  let peak = 0
  for (let turn = 0; turn < turns; turn += 1) {
    const looking = lookInside(path)
    const view = await looking.open()
    const indexed = await looking.timed(() => looking.service.index(view.viewId, [169], 'index'))
    ours.push(indexed.ms / 1000)
    peak = Math.max(peak, indexed.peakMegabytes)
    sum = indexed.value.control?.total ?? ''
    if (!indexed.value.control?.match) throw new Error('The control totals do not match the first line')
    if (turn === turns - 1) await measureRows(looking, view.viewId, made, print)
    await looking.close()
    const began = performance.now()
    const { stdout } = await run('mawk', ['-F|', '{ sum += $169 } END { printf "%.4f", sum }', path])
    theirs.push((performance.now() - began) / 1000)
    mawkSum = stdout.trim()
    say(`turn ${turn + 1}: ${ours.at(-1)?.toFixed(2)} s, ${theirs.at(-1)?.toFixed(2)} s`)
  }
  const sides = { ours: quantile(ours, 0.5), theirs: quantile(theirs, 0.5) }
  print(ratioLine(about('index-ratio'), sides, 0.6))
  print(limitLine(about('index-memory'), peak, 'MB', null))

  const wanted = decimalOf(made.sum)
  say(`sum: ours ${sum}, as written ${wanted}, mawk ${mawkSum}`)
  // mawk takes the pipe within quotes for a delimiter, and a float for a decimal.
  const off = (text: string) => Math.abs(Number(text) - Number(wanted))
  print(limitLine(about('sum-off'), sum === wanted ? 0 : Math.max(off(sum), 0.0001), 'EUR', 0, off(mawkSum)))
  if (statSync(path).size !== made.bytes) throw new Error('The file was changed')
}

/** Any place of the file, and what goes through all of it. */
async function measureRows(
  looking: Looking,
  viewId: string,
  made: Material,
  print: Stage['print'],
): Promise<void> {
  const random = randomFrom('inside', 'places')
  const columns = Array.from({ length: 400 }, (_, at) => at + 1)
  const taken: number[] = []
  for (let n = 0; n < places; n += 1) {
    const from = random.int(0, made.rows - rowsAtOnce)
    const { ms, value } = await looking.timed(() =>
      looking.service.rows(viewId, { from, count: rowsAtOnce, columns }),
    )
    if (value[0]?.number !== from + 1 || value.length !== rowsAtOnce) throw new Error('Other rows came')
    taken.push(ms)
  }
  print(limitLine(about('any-row'), quantile(taken, 0.95), 'ms', 200))
  const missing = { text: 'stands nowhere', column: null, from: 0, direction: 'down' } as const
  const found = await looking.timed(() => looking.service.find(viewId, missing, 'find'))
  print(limitLine(about('find-through-all'), found.ms / 1000, 's', null))
  const negative = { column: 169, is: 'containing', text: '-' } as const
  const filtered = await looking.timed(() => looking.service.filter(viewId, [negative], 'filter'))
  print(limitLine(about('filter'), filtered.ms / 1000, 's', null))
}

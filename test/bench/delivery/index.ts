import { spawnSync } from 'node:child_process'
import { rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench, Stage } from '../../../build/named-runs.mjs'
import { openCacheDir } from '../../../build/runtime/cache-dir.mjs'
import type { BenchLine } from '../line.ts'
import { limitLine, quantile, ratioLine } from '../line.ts'
import { type BenchApp, startBenchApp } from './app/app.ts'
import { stageBenchApp } from './app/stage.ts'
import { hugeArchive } from './material/huge.ts'
import { ensureMaterial, type Material, type MaterialName } from './material/material.ts'
import { measureMemory } from './peak-memory.ts'
import { type FileServer, startFileServer } from './server/server.ts'
import {
  admZipSteps,
  csvSteps,
  csvStepsSynced,
  halfOf,
  runShell,
  unzipSideBySide,
  unzipSteps,
} from './shell.ts'
import { keepMemoryWarm } from './warm-memory.ts'

/** Each side of a comparison is the median of so many turns. */
const turns = 5
const ratioTargets: Readonly<Record<MaterialName, number>> = {
  'zip-two-large': 0.5,
  'zip-2000-files': 0.7,
  'csv-1-gb': 1,
}
const stallTargets = { p99: 16, worst: 50 } as const
const memoryTargetMb = 120
/** The archive, what is in it, and what a delivery wants to be left over. */
const hugeNeeds = 20e9

/** The app's pipeline beside what a person would type, in turns; then its memory, apart, since looking at that costs. */
export const deliveryBench: Bench = async (stage, cases) => {
  const { say, session } = stage
  const unknown = cases.find(one => one !== hugeArchive.name && !Object.hasOwn(ratioTargets, one))
  if (unknown !== undefined) throw new Error(`There is no case ${unknown}`)
  const isWanted = (name: string) => cases.length === 0 || cases.includes(name)
  const print: (line: BenchLine) => void = stage.print
  const materials = await ensureMaterial(openCacheDir(), say)
  const folder = await stageBenchApp(session, join(import.meta.dirname, 'app', 'main.ts'))
  const server = await startFileServer(materials)
  const letMemoryGo = keepMemoryWarm(say)
  const chosen = materials.filter(({ name }) => isWanted(name))
  try {
    for (const material of chosen) await measureTime(stage, { folder, server, material, print })
    const peaks: number[] = []
    // The largest archive is held against each of the gigabyte cases.
    for (const material of isWanted(hugeArchive.name) ? materials : chosen) {
      const megabytes = await memoryOf(stage, folder, server, material.name)
      peaks.push(megabytes)
      print(limitLine({ ...subject(material.name), measure: 'peak-memory' }, megabytes, 'MB', memoryTargetMb))
    }
    if (!isWanted(hugeArchive.name)) return
    const most = Math.max(...peaks)
    const { bavail, bsize } = statfsSync(folder)
    if (bavail * bsize < hugeNeeds) {
      say(`${hugeArchive.name}: left out, for want of ${hugeNeeds / 1e9} GB of room`)
      return
    }
    const huge = await memoryOf(stage, folder, server, hugeArchive.name)
    const about = subject(hugeArchive.name)
    print(limitLine({ ...about, measure: 'peak-memory' }, huge, 'MB', memoryTargetMb))
    // No more than the most that a gigabyte took, or it would grow with the file.
    print(limitLine({ ...about, measure: 'peak-memory-beside-1-gb' }, huge, 'MB', most, most))
  } finally {
    letMemoryGo()
    await server.close()
  }
}

const subject = (name: string) => ({ bench: 'delivery', case: name }) as const

async function memoryOf(stage: Stage, folder: string, server: FileServer, name: string): Promise<number> {
  stage.say(`${name}: memory`)
  return measureMemory(stage, folder, path => `${server.origin}/${path}`, name)
}

type TimeCase = {
  readonly folder: string
  readonly server: FileServer
  readonly material: Material
  readonly print: (line: BenchLine) => void
}

/** What is measured in turn, by name: seconds of each turn. */
type Contestant = { readonly name: string; run(): Promise<number> }

async function measureTime(stage: Stage, { folder, server, material, print }: TimeCase): Promise<void> {
  const app = await startBenchApp(stage, folder)
  const unsynced = await startBenchApp(stage, folder, { BENCH_WORKER: 'unsynced-worker.js' })
  const lateMs: { readonly ours: number[]; readonly theirs: number[] } = { ours: [], theirs: [] }
  const url = `${server.origin}/${material.name}`

  const ours = (of: BenchApp, late: number[]) => () =>
    inFolder(stage, async into => {
      await of.beat()
      const delivered = await of.deliver(url, into)
      late.push(...(await of.still()).lateMs)
      const { files } = await of.receipt()
      const right = Object.entries(material.files).every(([name, sha256]) => files[name] === sha256)
      if (!right) throw new Error(`Not delivered as it should be: ${delivered.state}`)
      return delivered.seconds
    })
  const theirs =
    (script: readonly string[], ...more: readonly string[]) =>
    () =>
      inFolder(stage, async into => {
        await app.beat()
        const seconds = await runShell(stage.session, script, [into, url, ...more])
        lateMs.theirs.push(...(await app.still()).lateMs)
        return seconds
      })

  const isCsv = material.type === 'text/csv'
  const besides: readonly Contestant[] = isCsv
    ? [{ name: 'shell-synced', run: theirs(csvStepsSynced) }]
    : [
        { name: 'shell-side-by-side', run: theirs(unzipSideBySide, halfOf(material)) },
        {
          name: 'shell-adm-zip',
          run: theirs(admZipSteps, process.execPath, join(folder, 'dist', 'bench', 'adm-zip.js')),
        },
      ]
  const contestants: readonly Contestant[] = [
    { name: 'ours', run: ours(app, lateMs.ours) },
    { name: 'theirs', run: theirs(isCsv ? csvSteps : unzipSteps) },
    { name: 'ours-unsynced', run: ours(unsynced, []) },
    ...besides,
  ]
  try {
    const seconds = await inTurns(contestants, line => stage.say(`${material.name}: ${line}`))
    const of = (name: string) => quantile(seconds.get(name) ?? [], 0.5)
    const about = subject(material.name)
    const sides = { ours: of('ours'), theirs: of('theirs') }
    print(ratioLine({ ...about, measure: 'time-ratio' }, sides, ratioTargets[material.name]))
    for (const { name } of contestants.slice(2)) {
      print(limitLine({ ...about, measure: `time-${name}` }, of(name), 's', null))
    }
    for (const [measure, share] of [
      ['p99', 0.99],
      ['worst', 1],
    ] as const) {
      const late = { ours: quantile(lateMs.ours, share), theirs: quantile(lateMs.theirs, share) }
      print(
        limitLine(
          { ...about, measure: `stall-${measure}` },
          late.ours,
          'ms',
          stallTargets[measure],
          late.theirs,
        ),
      )
    }
  } finally {
    await app.close()
    await unsynced.close()
  }
}

/** A first turn that does not count, and then as many as do: everybody once, again and again. */
async function inTurns(
  contestants: readonly Contestant[],
  say: (line: string) => void,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const seconds = new Map<string, number[]>(contestants.map(({ name }) => [name, []]))
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const { name, run } of contestants) {
      const took = await run()
      say(`turn ${turn === 0 ? '(warm-up)' : turn}: ${name} ${took.toFixed(2)} s`)
      if (turn > 0) seconds.get(name)?.push(took)
    }
  }
  return seconds
}

/** Runs in an empty folder of the session's user, with nothing left to write back of what ran before. */
async function inFolder<T>({ session }: Stage, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = session.newFolder('in')
  spawnSync('sync', ['-f', folder])
  try {
    return await run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { databaseFileName, openDatabase } from '../../../main/adapters/database/database.ts'
import { AppError, isAppError } from '../../../main/core/errors.ts'
import type { JobsWorld } from '../../../main/core/jobs/world.ts'
import { addMillis, type Instant, instantAt, type Millis, minutes } from '../../../main/core/time.ts'
import { randomFrom } from '../../../main/practice/random.ts'
import type { ErrorCode } from '../../../preload/contract/errors.ts'
import { lostAfter } from '../../fakes/fake-system.ts'
import type { Family, FaultStage } from '../family.ts'
import type { Finding } from '../tally.ts'
import { kinds, openScene } from './memory/scenes.ts'

/** A call that fails once as its answer is lost, and two minutes in which none works. */
const troubles: readonly { code: ErrorCode; lasting: Millis; isLost: boolean; step: number }[] = [
  { code: 'no-space', lasting: 0, isLost: true, step: 1 },
  { code: 'profile-locked', lasting: minutes(2), isLost: false, step: 5 },
]
/** A job that nobody can settle is asked about for ever; what comes later is what came before. */
const mostCalls = 120
const damages = 200
const asked = 400

/** Lets the database fail at every one of its calls, and opens files that are locked, damaged, cut, or of a newer app. */
export const databaseFamily: Family = {
  name: 'database',
  askedFor: asked,
  async run(stage) {
    await failEverywhere(stage)
    damageFiles(stage)
    openNewer(stage)
  },
}

/** A job's whole life, with the trouble beginning at the n-th call; after it everything must go on by itself. */
async function failEverywhere({ count, ask }: FaultStage): Promise<void> {
  for (const kind of kinds)
    for (const { code, lasting, isLost, step } of troubles)
      for (let from = 1; from <= mostCalls; from += step) {
        const database = failing(from, lasting, code)
        const scene = openScene(kind, database.around)
        if (isLost) scene.system.nextStart(lostAfter())
        scene.watcher.start()
        const first = await scene.run()
        await scene.clock.advance(minutes(2))
        scene.finish()
        // The app is started again, with the database well.
        await scene.recover()
        await scene.clock.advance(minutes(15))
        const findings = scene.findings()
        await scene.close()
        if (!database.failed()) break
        if (findings === null) ask(kind)
        const unforeseen = first.error !== null && !isAppError(first.error) ? [first.error] : []
        count(`${kind}, ${code} at call ${from}`, [
          ...(findings ?? []).filter(({ what }) => !what.includes(code)),
          ...unforeseen.map((error): Finding => ({ loss: 'unhandled', what: String(error) })),
        ])
      }
}

function failing(from: number, lasting: Millis, code: ErrorCode) {
  let calls = 0
  let until: Instant | null = null
  let now = (): Instant => instantAt(0)
  function step<A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) {
    return async (...args: A): Promise<R> => {
      calls += 1
      if (calls >= from && (until === null || now() < until)) {
        until ??= addMillis(now(), lasting)
        throw new AppError(code)
      }
      return call(...args)
    }
  }
  const all = <T extends object>(repository: T): T =>
    Object.fromEntries(
      Object.entries(repository).map(([name, call]) => [
        name,
        typeof call === 'function' ? step(call) : call,
      ]),
    ) as T
  return {
    failed: () => until !== null,
    around(world: JobsWorld): JobsWorld {
      now = world.clock.now
      return {
        ...world,
        jobs: all(world.jobs),
        asks: all(world.asks),
        definitions: all(world.definitions),
        connections: all(world.connections),
        leases: {
          // A lease that cannot be released ends by its term, which these in memory do not.
          take: step(world.leases.take),
        },
      }
    },
  }
}

/** Bits of a real profile are flipped, or its end is missing: it is opened whole, or refused and left as it is. */
function damageFiles({ seed, count }: FaultStage): void {
  for (let nth = 0; nth < damages; nth += 1) {
    const random = randomFrom(seed, 'damage', nth)
    inProfile(folder => {
      const file = join(folder, databaseFileName)
      const bytes = readFileSync(file)
      const cut = random.chance(0.3)
      if (!cut)
        for (let n = 0; n < random.int(1, 64); n += 1) flipBit(bytes, random.int(0, bytes.length * 8 - 1))
      writeFileSync(file, cut ? bytes.subarray(0, random.int(0, bytes.length - 1)) : bytes)
      const before = hashesIn(folder)
      const outcome = opened(folder)
      const after = hashesIn(folder)
      const isKept = outcome === 'opened' || after === before || outcome === 'profile-damaged'
      const known = ['opened', 'profile-damaged', 'profile-newer'].includes(outcome)
      count(`${cut ? 'cut' : 'flipped'} ${nth}: ${outcome}`, [
        ...(known ? [] : [{ loss: 'unhandled', what: outcome } as const]),
        ...(isKept ? [] : [{ loss: 'wrong', what: 'a file that was refused was changed' } as const]),
      ])
    })
  }
}

/** Nothing is written to a profile of a newer app. */
function openNewer({ count }: FaultStage): void {
  for (let ahead = 1; ahead <= 20; ahead += 1)
    inProfile(folder => {
      const raw = new Libsql(join(folder, databaseFileName))
      const version = (raw.prepare('PRAGMA user_version').get() as { readonly user_version: number })
        .user_version
      raw.exec(`PRAGMA user_version = ${version + ahead}`)
      raw.close()
      const before = hashesIn(folder)
      const outcome = opened(folder)
      count(`a version ${ahead} ahead: ${outcome}`, [
        ...(outcome === 'profile-newer' ? [] : [{ loss: 'wrong', what: outcome } as const]),
        ...(hashesIn(folder) === before ? [] : [{ loss: 'wrong', what: 'it was written to' } as const]),
      ])
    })
}

function flipBit(bytes: Buffer, bit: number): void {
  const at = bit >> 3
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7))
}

function inProfile(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'extract-desk-fault-'))
  try {
    openDatabase(folder).close()
    work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function opened(folder: string): string {
  try {
    openDatabase(folder).close()
    return 'opened'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    return isAppError(error) ? error.code : `${error} ${code}`
  }
}

const hashesIn = (folder: string): string =>
  readdirSync(folder)
    .filter(name => name === databaseFileName)
    .map(name =>
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    )
    .join()

import { readdirSync } from 'node:fs'
import { setTimeout as passTime } from 'node:timers/promises'
import type { Leg, PracticeSystem } from '../../../../main/practice/index.ts'
import type { Random } from '../../../../main/practice/random.ts'
import type { PracticeProcess } from '../../app/practice.ts'
import { stagingOf } from '../../app/staging-watch.ts'

/** What is seen from outside: the app was started, a request is on its way, something lies in a folder. */
export type Sight = 'spawned' | 'sign-in' | 'list' | 'start' | 'answer' | 'file' | 'staged' | 'visible'

/** Some time after a sight; in milliseconds. */
export type Moment = { readonly sight: Sight; readonly afterMs: number }

/** How long after it a kill may come: until about what comes next. */
const spans: readonly (readonly [Sight, number])[] = [
  ['spawned', 1500],
  ['sign-in', 500],
  ['list', 600],
  ['start', 500],
  ['start', 500],
  ['answer', 1000],
  ['answer', 7000],
  ['file', 400],
  ['staged', 400],
  ['visible', 150],
]

export function randomMoment(random: Random, system: PracticeSystem): Moment {
  // PureConnect's files come out of a folder, and by no request.
  const fitting = spans.filter(([name]) => system !== 'icws' || name !== 'file')
  const [sight, span] = fitting[random.int(0, fitting.length - 1)] ?? ['spawned', 0]
  return { sight, afterMs: Math.round(random.next() * span) }
}

/** What a leg of a request shows; null: nothing of a job's life. */
export function sightOf({ system, method, path, way }: Leg): Sight | null {
  const isSignIn = /^\/oauth2\/|^\/icws\/connection$|\/auth$/.test(path)
  const isStart = method === 'POST' && startPaths[system].test(path)
  if (isStart) return way === 'there' ? 'start' : 'answer'
  if (way === 'back') return null
  if (isSignIn) return 'sign-in'
  if (/\/file$|\/file_staging\//.test(path)) return 'file'
  return method === 'GET' && /job/.test(path) ? 'list' : null
}

const startPaths: Readonly<Record<PracticeSystem, RegExp>> = {
  concur: /\/job$/,
  icws: /\/data-extractor\/jobs$/,
  vault: /\/fileextract$/,
}

/** How often folders are looked at. */
const lookEveryMs = 3

/** Resolves at the moment; or false, where the app ended before. */
export async function reached(
  { sight, afterMs }: Moment,
  practice: PracticeProcess,
  folder: string,
  isOver: () => boolean,
): Promise<boolean> {
  const before = readdirSync(folder).length
  let seen = sight === 'spawned'
  const stop = practice.onLeg(leg => {
    if (sightOf(leg) === sight) seen = true
  })
  try {
    while (!seen) {
      if (isOver()) return false
      await passTime(lookEveryMs)
      if (sight === 'staged' && stagingOf(folder).length > 0) seen = true
      if (sight === 'visible' && readdirSync(folder).length > before) seen = true
    }
  } finally {
    stop()
  }
  await passTime(afterMs)
  return !isOver()
}

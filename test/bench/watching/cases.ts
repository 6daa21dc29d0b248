import { addMillis, type Instant, type Millis, minutes } from '../../../main/core/time.ts'
import { type Random, randomFrom } from '../../../main/practice/random.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import type { Run } from './servers.ts'

/** How long the runs of a case take, around `usual`. */
type Durations = 'even' | 'wide'

export type Case = {
  readonly name: string
  readonly system: SystemName
  readonly jobs: number
  /** Concur lists by definition: as many as there are jobs. */
  readonly definitions: number
  readonly usual: Millis
  readonly durations: Durations
  /** Whether earlier runs told how long they usually take. */
  readonly history: boolean
  readonly latency: Millis
  /** A case of one job says little: it is run so many times, each with other moments. */
  readonly repeats: number
}

const lengths = [
  { length: 'one-minute', usual: minutes(1), durations: 'even', history: false },
  { length: 'ten-minutes', usual: minutes(10), durations: 'even', history: false },
  { length: 'one-hour', usual: minutes(60), durations: 'even', history: false },
  { length: 'one-hour-known', usual: minutes(60), durations: 'even', history: true },
  { length: 'one-hour-wide', usual: minutes(60), durations: 'wide', history: true },
] as const
const systems: readonly SystemName[] = ['concur', 'icws', 'vault']
const numbers = [1, 100, 1000] as const
const usualLatency: Millis = 300

const watched: readonly Case[] = systems.flatMap(system =>
  numbers.flatMap(jobs =>
    lengths.map(({ length, ...rest }): Case => {
      const definitions = system === 'concur' ? jobs : Math.min(jobs, 10)
      const repeats = jobs === 1 ? 60 : 1
      return {
        name: `${system}-${jobs}-${length}`,
        ...{ system, jobs, definitions, repeats, latency: usualLatency },
        ...rest,
      }
    }),
  ),
)

/** What one request in flight allows: a thousand lists take a thousand times as long as one. */
const far: readonly Case[] = [100, 1000].map(latency => ({
  name: `concur-1000-one-hour-${latency}-ms`,
  ...{ system: 'concur', jobs: 1000, definitions: 1000, repeats: 1, latency },
  ...{ usual: minutes(60), durations: 'even', history: false },
}))

/** One list call serves all jobs of a definition. */
const together: Case = {
  name: 'concur-100-of-one-definition',
  ...{ system: 'concur', jobs: 100, definitions: 1, repeats: 1, latency: usualLatency },
  ...{ usual: minutes(60), durations: 'even', history: false },
}

export const cases: readonly Case[] = [...watched, ...far, together]

/** The runs of a case, begun within the first quarter of their usual time; those of one definition nearly at once. */
export function runsOf(
  { name, jobs, definitions, usual, durations }: Case,
  from: Instant,
  nth: number,
): readonly Run[] {
  const random = randomFrom('watching', name, nth)
  const within = definitions === 1 && jobs > 1 ? minutes(1) : usual / 4
  return Array.from({ length: jobs }, (_, n) => {
    const begin = addMillis(from, Math.floor(random.next() * within))
    const end = addMillis(begin, Math.round(usual * factor(durations, random)))
    return { id: String(1000 + n), definition: `D${n % definitions}`, from: begin, until: end }
  })
}

/** `even`: within a fifth. `wide`: two of three between 0.6 and 1.65 times the usual time (log-normal, sigma 0.5). */
function factor(durations: Durations, random: Random): number {
  if (durations === 'even') return 0.8 + 0.4 * random.next()
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  return Math.exp(0.5 * normal)
}

import type { Bench, Stage } from '../../../build/named-runs.mjs'
import { addMillis, type Instant, type Millis, minutes, seconds } from '../../../main/core/time.ts'
import { randomFrom } from '../../../main/practice/random.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { limitLine, quantile } from '../line.ts'
import { type Case, cases, runsOf } from './cases.ts'
import { openDesk } from './desk.ts'
import { type Run, servers, trafficTo } from './servers.ts'

/** What the system's clock said when a run was over, and what ours said when the journal had it. */
type Seen = { readonly delay: Millis; readonly took: Millis }
type Watched = {
  readonly seen: readonly Seen[]
  readonly sentAt: readonly Instant[]
  readonly mostInFlight: number
  readonly floor: Millis
}

/** The engine's own lists, watcher and systems on a virtual clock: how many requests, and how late an end is noticed. */
export const watchingBench: Bench = async stage => {
  for (const one of cases) await measure(one, stage)
}

async function measure(one: Case, { print, say }: Stage): Promise<void> {
  const began = performance.now()
  const turns: Watched[] = []
  for (let nth = 0; nth < one.repeats; nth += 1) turns.push(await watchThrough(one, nth))
  say(`${one.name}: ${((performance.now() - began) / 1000).toFixed(1)} s`)

  const { floor } = turns[0] ?? { floor: 0 }
  const seen = turns.flatMap(turn => turn.seen)
  const limit = (took: Millis) => Math.max(floor / 2 + seconds(1), took * 0.05)
  const about = (measure: string) => ({ bench: 'watching', case: one.name, measure })
  if (one.durations === 'even') {
    const delays = seen.map(({ delay }) => delay / 1000)
    const target = limit(one.usual) / 1000
    print(limitLine(about('median-delay'), quantile(delays, 0.5), 's', target))
    print(limitLine(about('p95-delay'), quantile(delays, 0.95), 's', target * 2))
  } else {
    // Runs of many lengths: each against its own limit.
    const shares = seen.map(({ delay, took }) => delay / limit(took))
    print(limitLine(about('median-delay-of-limit'), quantile(shares, 0.5), 'times', 1))
    print(limitLine(about('p95-delay-of-limit'), quantile(shares, 0.95), 'times', 2))
  }
  if (one.definitions > 1 && one.system === 'concur') {
    // With one request in flight, every list is had once in so long; an end is noticed half of that late.
    const allowed = (one.definitions * one.latency) / 2000
    print(limitLine(about('median-that-one-in-flight-allows'), allowed, 's', null))
  }
  const perJob = turns.map(({ sentAt }) => sentAt.length / one.jobs)
  const hourly = one.usual === minutes(60) && one.durations === 'even'
  print(limitLine(about('requests-per-job'), Math.max(...perJob), 'requests', hourly ? 80 : null))
  if (one.definitions === 1 && one.jobs > 1) {
    const requests = Math.max(...turns.map(({ sentAt }) => sentAt.length))
    print(limitLine(about('requests-in-all'), requests, 'requests', 80))
  }
  const busiest = Math.max(...turns.map(({ sentAt }) => mostWithin(sentAt, minutes(5))))
  const burst = one.system === 'vault' ? 1000 : null
  print(limitLine(about('requests-in-5-min'), busiest, 'requests', burst))
  const inFlight = Math.max(...turns.map(turn => turn.mostInFlight))
  print(limitLine(about('in-flight'), inFlight, 'requests', 1))
}

async function watchThrough(one: Case, nth: number): Promise<Watched> {
  const clock = fakeClock()
  const runs = runsOf(one, addMillis(fakeStart, seconds(10)), nth)
  const random = randomFrom('latency', one.name, nth)
  // Between half and one and a half times the case's latency.
  const latency = () => one.latency * (0.5 + random.next())
  const traffic = trafficTo(servers[one.system](clock, runs), clock, latency)
  const usual = one.history ? one.usual : null
  const desk = openDesk({ system: one.system, clock, traffic, runs, usual, seed: String(nth) })
  const faults: unknown[] = []
  for (const run of runs) clock.wake(run.from, () => void desk.watch(run).catch(error => faults.push(error)))
  desk.start()
  const last = Math.max(...runs.map(run => run.until))
  const patience = addMillis(fakeStart, last - fakeStart + minutes(60))
  while (desk.noticed.size < runs.length && clock.now() < patience) await clock.advance(minutes(1))
  await desk.stop()
  if (faults.length > 0) throw faults[0]
  return {
    seen: runs.map(run => seenOf(run, desk.noticed)),
    sentAt: traffic.sentAt,
    mostInFlight: traffic.mostInFlight(),
    floor: desk.floor,
  }
}

function seenOf(run: Run, noticed: ReadonlyMap<string, Instant>): Seen {
  const at = noticed.get(run.id)
  if (at === undefined) throw new Error(`The end of run ${run.id} was never noticed`)
  return { delay: at - run.until, took: run.until - run.from }
}

/** The most of these moments that lie in any stretch of that length. They come in order. */
function mostWithin(moments: readonly Instant[], length: Millis): number {
  let from = 0
  return moments.reduce((most, at, index) => {
    while (at - (moments[from] ?? at) >= length) from += 1
    return Math.max(most, index - from + 1)
  }, 0)
}

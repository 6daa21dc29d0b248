import { isAppError } from '../../../main/core/errors.ts'
import { jobId } from '../../../main/core/ids.ts'
import { minutes, seconds } from '../../../main/core/time.ts'
import { type Random, randomFrom } from '../../../main/practice/random.ts'
import { type SystemName, systemNames } from '../../../preload/contract/words.ts'
import { finding, jobFindings } from '../app/findings.ts'
import type { Family, FaultStage } from '../family.ts'
import type { Finding } from '../tally.ts'
import { openWeatherDesk, type WeatherDesk } from './network/desk.ts'
import { weathers } from './network/weather.ts'

const ofEach = 100
const backWithin = minutes(65)

/** Takes the network away at random moments of a job's life, in every way, and brings it back. */
export const networkFamily: Family = {
  name: 'network',
  askedFor: ofEach * systemNames.length,
  anyNumber: true,
  async run(stage) {
    for (const system of systemNames) await atSystem(stage, system)
  },
}

async function atSystem({ seed, tries, count, ask }: FaultStage, system: SystemName): Promise<void> {
  const desk = await openWeatherDesk(system, randomFrom(seed, 'network', system))
  try {
    for (let nth = 0; nth < tries / systemNames.length; nth += 1) {
      const random = randomFrom(seed, 'network', system, nth)
      const { told, findings, asked } = await oneLife(desk, random)
      for (let n = 0; n < asked; n += 1) ask(system)
      count(`${system} ${nth}: ${told.join(', ')}`, findings)
    }
  } finally {
    await desk.close()
  }
}

type Lived = {
  readonly told: readonly string[]
  readonly findings: readonly Finding[]
  readonly asked: number
}

/** Somebody runs the definition, again for as long as the network is in the way, and waits for its files. */
async function oneLife(desk: WeatherDesk, random: Random): Promise<Lived> {
  const { http, power, pass, passing } = desk
  const told: string[] = []
  const findings: Finding[] = []
  const before = desk.startedIds().length
  const faultsBefore = desk.faults.length + desk.log.entries.filter(isFault).length

  /** The network is as it likes, for a while, and then fine. */
  async function storm(): Promise<void> {
    const weather = random.pick(weathers)
    const lasts = random.chance(0.5) ? random.int(seconds(1), seconds(40)) : random.int(0, minutes(90))
    told.push(`${weather} for ${Math.round(lasts / 1000)} s`)
    http.set(weather)
    const isNoticed = random.chance(0.5)
    if (isNoticed) power.setOnline(false)
    await pass(lasts)
    http.set('fine')
    if (!isNoticed) return
    power.setOnline(true)
    power.wake()
  }

  /** What began while the network was away may end in an error that says so; asked again, it is joined or begun. */
  async function run(): Promise<void> {
    try {
      await passing(desk.run())
    } catch (error) {
      if (!isAppError(error)) findings.push(finding('unhandled', String(error)))
      else told.push(error.code)
    }
  }

  const storms = random.int(1, 3)
  const running = run()
  for (let nth = 0; nth < storms; nth += 1) {
    await pass(random.chance(0.7) ? random.int(0, seconds(8)) : random.int(0, minutes(2)))
    await storm()
  }
  await running
  // A network that went and came without the computer's notice is tried again within the hour.
  await pass(backWithin)
  findings.push(...standingStill(desk, before))
  let asked = 0
  for (let tries = 0; tries < 3 && !isDelivered(desk, before); tries += 1) {
    const [unsettled] = await desk.unsettled()
    if (unsettled) {
      asked += 1
      const known = new Set(desk.records.jobs().map(({ remoteId }) => remoteId))
      const remote = desk.startedIds().find(id => !known.has(id))
      await passing(desk.settle(jobId(unsettled.id), remote ? { remoteId: remote } : 'not-started'))
    }
    await run()
    await pass(backWithin)
  }

  const jobs = desk.records.jobs()
  const ids = desk.startedIds().slice(before)
  if (ids.length === 0) findings.push(finding('lost', 'nothing was started'))
  if (ids.length > 1) findings.push(finding('doubledStarts', `${ids.length} starts`))
  findings.push(...ids.flatMap(id => jobFindings(id, jobs)))
  const faults = desk.log.entries.filter(isFault).length + desk.faults.length
  if (faults > faultsBefore)
    findings.push(
      finding(
        'unhandled',
        JSON.stringify(desk.log.entries.filter(isFault).at(-1) ?? String(desk.faults.at(-1))),
      ),
    )
  return { told, findings, asked }
}

/** What the journal knows as started needs nobody any more. */
function standingStill(desk: WeatherDesk, before: number): readonly Finding[] {
  const [id] = desk.startedIds().slice(before)
  const row = desk.records.jobs().find(({ remoteId }) => remoteId !== null && remoteId === id)
  if (row === undefined || row.receipts > 0) return []
  const what = `job ${id} is ${row.state}, its deliveries ${row.deliveries.join(', ')}: it did not go on by itself`
  return [finding('lost', what)]
}

const isDelivered = (desk: WeatherDesk, before: number): boolean => {
  const [id] = desk.startedIds().slice(before)
  return desk.records.jobs().some(job => job.remoteId === id && job.receipts > 0)
}

/** What is written down where something failed that was not foreseen. */
const isFault = ({ event }: { readonly event: string }): boolean => faultEvents.includes(event)
const faultEvents: readonly string[] = [
  'watch.lane-failed',
  'watch.survey-failed',
  'watch.offer-failed',
  'delivery.fault',
]

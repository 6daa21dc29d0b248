/**
 * An Electron app that delivers through the real network stack, worker threads and files, from a server that does what
 * each case says. It prints one JSON line a case, and is bundled and started by network.ts beside it.
 */
import { mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join, relative } from 'node:path'
import { app } from 'electron'
import { randomIds } from '../../../../main/adapters/ids.ts'
import { prepareSession } from '../../../../main/app/session.ts'
import { isEnded } from '../../../../main/core/deliveries/delivery.ts'
import type { DeliverySummary } from '../../../../main/core/deliveries/types.ts'
import { followingRedirects } from '../../../../main/core/policy/redirect.ts'
import type { Http } from '../../../../main/core/ports.ts'
import { createConcur } from '../../../../main/core/systems/concur/adapter.ts'
import type { System } from '../../../../main/core/systems/system.ts'
import { fileSystem } from '../../../bench/delivery/app/system.ts'
import { openRealWorld } from '../../../bench/delivery/app/world.ts'
import { hastyClock } from '../../../fakes/deliveries-world.ts'
import { memoryLog } from '../../../fakes/memory-log.ts'
import { openRawSite } from '../../../integration/http/site.ts'
import type { Finding } from '../../tally.ts'
import { type Asked, askedOf } from './answers.ts'
import { type NetworkCase, networkCases } from './cases.ts'

/** What the users wait a minute for; here a moment, since every case would. */
const impatient = (http: Http): Http => ({
  send: request => http.send({ ...request, answerWithin: 1500, stallAfter: 500 }),
})

/** A server of one case, which remembers what it was asked. */
async function openServer(one: NetworkCase, elsewhere: string) {
  const asked: Asked[] = []
  const acts = one.acts(elsewhere)
  const answered = new WeakSet<object>()
  const site = await openRawSite((socket, text) => {
    // A head that comes in two pieces is told of twice; every connection is for one request.
    if (answered.has(socket)) return
    answered.add(socket)
    asked.push(askedOf(text))
    const act = acts[Math.min(asked.length, acts.length) - 1]
    void act?.(socket, askedOf(text))
  })
  return { asked, site }
}

async function findingsOf(one: NetworkCase, index: number): Promise<readonly Finding[]> {
  const base = realpathSync(process.cwd())
  const folder = join(base, `case-${index}`, 'in')
  mkdirSync(folder, { recursive: true })
  const other = await openServer({ ...one, acts: () => [socket => void socket.end()] }, '')
  const { asked, site } = await openServer(one, other.site.origin)
  const clock = hastyClock()
  const { system: simple } = fileSystem()
  const concur = createConcur({
    clock,
    ids: randomIds,
    mask: text => text,
    maskValue: value => value,
    keepAnswer: () => {},
  })
  const system: System = { ...simple, open: concur.open }
  const world = await openRealWorld({
    profile: join(base, `profile-${index}`),
    worker: new URL('worker.js', import.meta.url),
    system,
    session: {
      origin: site.origin,
      trust: { origins: [site.origin], practice: true },
      headers: { authorization: 'Bearer secret' },
      own: {},
      outputMaps: [],
      turn: async () => {},
    },
    http: http => followingRedirects(impatient(http)),
    log: memoryLog(),
    clock,
  })
  try {
    const delivery = await world.deliver(folder)
    await world.runner.stopAndDrain()
    return [
      ...endFindings(one, delivery),
      ...fileFindings(one, join(base, `case-${index}`), folder),
      ...requestFindings(one, asked, other.asked),
    ]
  } finally {
    await world.close()
    await site.close()
    await other.site.close()
  }
}

function endFindings(
  { ends }: NetworkCase,
  { state, error, receiptId }: DeliverySummary,
): readonly Finding[] {
  if (ends.state !== state)
    return [
      {
        loss: ends.state === 'delivered' ? 'lost' : 'wrong',
        what: `it is ${state} (${error?.code}), not ${ends.state}`,
      },
    ]
  if ('files' in ends) return receiptId === null ? [{ loss: 'lost', what: 'there is no receipt' }] : []
  return error?.code === ends.code
    ? []
    : [{ loss: 'unexplained', what: `for ${error?.code}, not ${ends.code}` }]
}

/** Files below a folder, by their path there. */
const filesBelow = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [relative(folder, path), readFileSync(path)]),
  )

function fileFindings({ ends }: NetworkCase, around: string, folder: string): readonly Finding[] {
  const wanted: Readonly<Record<string, Buffer>> = 'files' in ends ? ends.files : {}
  const seen = filesBelow(folder)
  const findings: Finding[] = []
  for (const [name, bytes] of Object.entries(wanted)) {
    const there = seen.get(name)
    if (!there) findings.push({ loss: 'lost', what: `${name} is not there` })
    else if (!there.equals(bytes)) findings.push({ loss: 'wrong', what: `${name} has other bytes` })
  }
  for (const name of seen.keys())
    if (!(name in wanted)) findings.push({ loss: 'wrong', what: `${name} is there` })
  const over = 'files' in ends || isEnded(ends.state as DeliverySummary['state'])
  if (over && filesBelow(around).size > seen.size)
    findings.push({ loss: 'unexplained', what: 'staging was left behind' })
  return findings
}

function requestFindings(
  one: NetworkCase,
  asked: readonly Asked[],
  elsewhere: readonly Asked[],
): readonly Finding[] {
  const findings: Finding[] = []
  if (elsewhere.length > 0) findings.push({ loss: 'wrong', what: 'another origin was asked' })
  if (one.requests !== null && asked.length !== one.requests)
    findings.push({ loss: 'unexplained', what: `${asked.length} requests, not ${one.requests}` })
  const resumed = asked[1]?.header('range') ?? null
  if (one.resumes !== null && one.resumes !== (resumed !== null))
    findings.push({
      loss: 'unexplained',
      what: one.resumes ? 'all of it was asked for again' : `${resumed} was asked for`,
    })
  return findings
}

const caseWithinMs = 30_000

async function inTime(work: Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<readonly Finding[]>(resolve => {
    timer = setTimeout(
      () => resolve([{ loss: 'lost', what: `not over after ${caseWithinMs} ms` }]),
      caseWithinMs,
    )
  })
  const failed = (error: unknown): readonly Finding[] => [
    { loss: 'unexplained', what: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  ]
  try {
    return await Promise.race([work.catch(failed), late])
  } finally {
    clearTimeout(timer)
  }
}

async function runAll(): Promise<void> {
  const cases = networkCases(Number(process.env.SEED))
  for (const [index, one] of cases.entries()) {
    const findings = await inTime(findingsOf(one, index))
    process.stdout.write(`${JSON.stringify({ label: one.name, findings })}\n`)
  }
  app.exit(0)
}

prepareSession(app)
// Not awaited here: Electron becomes ready only when this module has been loaded.
void app.whenReady().then(runAll)

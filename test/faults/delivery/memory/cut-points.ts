import { fakeClock } from '../../../fakes/fake-clock.ts'
import type { Finding } from '../../tally.ts'
import { asked, atRest, type Computer, computerOf, job, startProcess } from './computer.ts'
import { afterFindings, duringFindings, leftoverFindings, visible } from './look.ts'
import type { Scenario } from './scenarios.ts'

/** How a process ends: killed; with the power, unsynced data and names dropped; with the power, names kept. */
export const cutKinds = ['kill', 'power', 'names-only'] as const
export type CutKind = (typeof cutKinds)[number]

export type CutPoint = {
  readonly label: string
  readonly findings: readonly Finding[]
}

type Through = NonNullable<Computer['through']>
type Setting = { readonly scenario: Scenario; readonly through: Through | undefined }

class PowerCut extends Error {}

/**
 * Every operation of a delivery, in files and in the journal, is a place where the power may go. At each of them, and
 * in each way, the world is stopped, checked as whoever reads the folder sees it, started again, and checked once more.
 */
export async function* cutPoints(scenario: Scenario, through?: Through): AsyncGenerator<CutPoint> {
  const { operations } = await runUntil({ scenario, through }, Number.POSITIVE_INFINITY)
  for (let cut = 0; cut < operations; cut += 1) {
    for (const kind of cutKinds) {
      const label = `${scenario.name}: ${kind} before operation ${cut + 1} of ${operations}`
      yield { label, findings: await cutAt({ scenario, through }, cut, kind) }
    }
  }
}

async function cutAt(setting: Setting, cut: number, kind: CutKind): Promise<readonly Finding[]> {
  const { scenario } = setting
  const { computer } = await runUntil(setting, cut)
  computer.files.crash(kind)
  const before = duringFindings(scenario, visible(computer))
  try {
    await restart(computer)
    return [...before, ...afterFindings(scenario, computer), ...leftoverFindings(computer)]
  } catch (error) {
    return [...before, { loss: 'unexplained', what: String(error) }]
  }
}

/** Delivers until its operation number `cut`; from then on nothing of the process has any effect. */
async function runUntil(
  { scenario, through }: Setting,
  cut: number,
): Promise<{ readonly computer: Computer; readonly operations: number }> {
  const clock = fakeClock()
  const computer = { ...(await computerOf(scenario, clock)), ...(through ? { through } : {}) }
  let operations = 0
  let die = () => {}
  const death = new Promise<void>(resolve => {
    die = resolve
  })
  const gate = () => {
    operations += 1
    if (operations <= cut) return
    die()
    throw new PowerCut()
  }
  const { service, runner, events } = await startProcess(computer, clock, gate)
  const ended = new Promise<void>(resolve => {
    // Cleaning up comes after the news.
    events.subscribe(({ kind }) => kind === 'delivered' && setImmediate(resolve))
  })
  await service.request(job, asked).catch(error => {
    if (!(error instanceof PowerCut)) throw error
  })
  await Promise.race([death, ended])
  await runner.stopAndDrain()
  return { computer, operations }
}

async function restart(computer: Computer): Promise<void> {
  const { runner, service } = await startProcess(computer, fakeClock())
  await runner.recover()
  // Cut before the request was journalled: whoever asked was told so, and asks again.
  if (computer.around.deliveries.rows().length === 0) await service.request(job, asked)
  await atRest(computer)
  await runner.stopAndDrain()
}

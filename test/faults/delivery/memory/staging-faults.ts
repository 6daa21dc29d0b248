import { isDelivered } from '../../../../main/core/deliveries/delivery.ts'
import type { Files } from '../../../../main/core/deliveries/files.ts'
import { fakeClock } from '../../../fakes/fake-clock.ts'
import type { Finding } from '../../tally.ts'
import { asked, type Computer, computerOf, job, startProcess } from './computer.ts'
import { untilEnded } from './deliver.ts'
import { afterFindings, duringFindings, leftoverFindings, visible } from './look.ts'
import type { Scenario } from './scenarios.ts'

/** What virus scanners and people who tidy up do to files that are ready to be published. */
const harms = ['vanishes', 'shrinks', 'grows', 'is cleared away with all of staging'] as const
type Harm = (typeof harms)[number]
/** Whether the process that publishes lives on, or is killed at that moment too. */
const fates = ['lives', 'killed'] as const

/**
 * Between the last looks, at a staged file and then at its final name, and the name that it gets for them nothing can be
 * asked any more: that is no place to be tried.
 */
const isBetweenSteps = (operation: string, path: string) =>
  operation === 'syncFolder' || (operation === 'look' && path.includes('/.extract-desk-'))

class Killed extends Error {}

/** Harms the staged files of a group at every step between its plan and its end, and sees the delivery through. */
export async function* stagingFaults(
  scenario: Scenario,
): AsyncGenerator<{ readonly label: string; readonly findings: readonly Finding[] }> {
  const { steps } = await run(scenario, Number.POSITIVE_INFINITY, 'vanishes', 'lives', 0)
  for (let step = 0; step < steps; step += 1) {
    for (const harm of harms) {
      for (const fate of fates) {
        for (const which of harm === harms[3] ? [0] : [0, -1]) {
          const { findings, what } = await run(scenario, step, harm, fate, which)
          if (what === null) continue
          const label = `${scenario.name}: ${what} ${harm} at step ${step + 1} of ${steps}, the process ${fate}`
          yield { label, findings }
        }
      }
    }
  }
}

async function run(scenario: Scenario, at: number, harm: Harm, fate: (typeof fates)[number], which: number) {
  const clock = fakeClock()
  const computer = await computerOf(scenario, clock)
  const findings: Finding[] = []
  let [steps, dead, what]: [number, boolean, string | null] = [0, false, null]
  let die = () => {}
  const death = new Promise<void>(resolve => {
    die = resolve
  })
  const harmful = (files: Files) => beforeEach(files, hit)
  async function hit(operation: string, path: string): Promise<void> {
    if (dead) throw new Killed()
    findings.push(...duringFindings(scenario, visible(computer)))
    const published = computer.around.deliveries.rows().at(-1)
    if (!published?.plan || published.receiptId !== null || !isBetweenSteps(operation, path)) return
    steps += 1
    if (steps !== at + 1) return
    what = await harmOne(computer, harm, which)
    if (what === null || fate === 'lives') return
    dead = true
    die()
    throw new Killed()
  }
  try {
    const first = await startProcess({ ...computer, through: harmful }, clock)
    const delivered = new Promise<void>(resolve => {
      // Cleaning up comes after the news.
      first.events.subscribe(({ kind }) => kind === 'delivered' && setImmediate(resolve))
    })
    await first.service.request(job, asked)
    await (fate === 'killed' ? Promise.race([death, delivered]) : untilEnded(computer, clock))
    await first.runner.stopAndDrain()
    const next = await startProcess(computer, clock)
    await next.runner.recover()
    await untilEnded(computer, clock)
    await next.runner.stopAndDrain()
    const { state } = computer.around.deliveries.rows().at(-1) ?? {}
    if (!state || !isDelivered(state)) findings.push({ loss: 'lost', what: `the delivery is ${state}` })
    findings.push(...afterFindings(scenario, computer), ...leftoverFindings(computer))
  } catch (error) {
    findings.push({ loss: 'unexplained', what: String(error) })
  }
  return { steps, what, findings }
}

/** Does harm to one staged file that has no other name yet; null where there is none any more. */
async function harmOne({ files, around }: Computer, harm: Harm, which: number): Promise<string | null> {
  const { plan, staging } = around.deliveries.rows().at(-1) ?? {}
  const staged: { readonly path: string; readonly bytes: number }[] = []
  for (const file of [...(plan?.files ?? []), ...(plan?.marker ? [plan.marker] : [])]) {
    const there = await files.look(file.staged)
    if (there && there.identity !== (await files.look(file.final))?.identity)
      staged.push({ path: file.staged, bytes: there.bytes })
  }
  const one = staged.at(which)
  if (!one || !staging) return null
  if (harm === 'vanishes') await files.remove(one.path)
  else if (harm === 'shrinks') await files.resume(one.path, one.bytes - 1)
  else if (harm === 'grows') await (await files.resume(one.path, one.bytes)).write(Buffer.from('x'))
  else await files.removeTree(staging.folder)
  return one.path.slice(staging.folder.length + 1)
}

/** The same files; before each of their operations something is done. */
function beforeEach(files: Files, before: (operation: string, path: string) => Promise<void>): Files {
  const wrapped = Object.entries(files).map(([operation, call]) => [
    operation,
    async (...words: readonly unknown[]) => {
      await before(operation, String(words[0]))
      return (call as (...words: readonly unknown[]) => Promise<unknown>)(...words)
    },
  ])
  return Object.fromEntries(wrapped)
}

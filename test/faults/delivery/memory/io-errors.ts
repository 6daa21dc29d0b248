import { isEnded } from '../../../../main/core/deliveries/delivery.ts'
import { addMillis } from '../../../../main/core/time.ts'
import { type FakeClock, fakeClock } from '../../../fakes/fake-clock.ts'
import type { Finding } from '../../tally.ts'
import { asked, atRest, type Computer, computerOf, type Gate, job, startProcess } from './computer.ts'
import { untilEnded } from './deliver.ts'
import { afterFindings, duringFindings, leftoverFindings, visible } from './look.ts'
import type { Scenario } from './scenarios.ts'

/** What file systems, shares, virus scanners and other programs say. */
export const errorCodes = ['ENOSPC', 'EACCES', 'EROFS', 'EIO', 'EBUSY', 'EMFILE', 'ENOENT'] as const
type ErrorCode = (typeof errorCodes)[number]

/** `once`: the operation fails, and works when it is tried again. `lasting`: so do all after it, for ten minutes. */
const lengths = ['once', 'lasting'] as const
const lastingMs = 600_000

/** What each operation does is known by its name alone; the journal is no file. */
const isFileOperation = (operation: string) => operation !== 'journal' && operation !== 'receipt'

/** Lets every operation of a delivery fail with every code, and waits until it was delivered all the same. */
export async function* failingOperations(
  scenario: Scenario,
): AsyncGenerator<{ readonly label: string; readonly findings: readonly Finding[] }> {
  const operations = await operationsOf(scenario)
  for (const [index, operation] of operations.entries()) {
    for (const code of errorCodes) {
      for (const length of lengths) {
        const label = `${scenario.name}: ${code} ${length} at ${operation}, ${index + 1} of ${operations.length}`
        yield { label, findings: await failAt(scenario, index, code, length) }
      }
    }
  }
}

async function operationsOf(scenario: Scenario): Promise<readonly string[]> {
  const operations: string[] = []
  const clock = fakeClock()
  const computer = await computerOf(scenario, clock)
  const { service, runner } = await startProcess(computer, clock, (operation, path) => {
    if (isFileOperation(operation)) operations.push(`${operation} ${path}`)
  })
  await service.request(job, asked)
  await atRest(computer)
  await runner.stopAndDrain()
  return operations
}

async function failAt(
  scenario: Scenario,
  index: number,
  code: ErrorCode,
  length: (typeof lengths)[number],
): Promise<readonly Finding[]> {
  const clock = fakeClock()
  const computer = await computerOf(scenario, clock)
  const fault = faultAt(index, code, length === 'once' ? 0 : lastingMs, clock)
  // A link that is refused is taken for a volume without links, where a replaced name is missing for a moment.
  const seenAs = { ...scenario, links: scenario.links && code !== 'EACCES' }
  const findings: Finding[] = []
  try {
    const { service, runner } = await startProcess(computer, clock, (operation, path) => {
      // Somebody may read the folder between any two operations.
      findings.push(...duringFindings(seenAs, visible(computer)))
      fault.gate(operation, path)
    })
    await service.request(job, asked)
    await seeThrough(computer, clock, findings)
    await runner.stopAndDrain()
    fault.cure()
    // What could not be cleaned up is cleaned up at the next start.
    const next = await startProcess(computer, clock)
    await next.runner.recover()
    await next.runner.stopAndDrain()
    return [...findings, ...afterFindings(seenAs, computer), ...leftoverFindings(computer)]
  } catch (error) {
    return [...findings, { loss: 'unexplained', what: String(error) }]
  }
}

/** Fails operation number `index`, and all that come within `ms` after it. */
function faultAt(
  index: number,
  code: ErrorCode,
  ms: number,
  clock: FakeClock,
): { readonly gate: Gate; cure(): void } {
  let operations = 0
  let until: number | null = null
  let cured = false
  return {
    gate(operation, path) {
      if (!isFileOperation(operation) || cured) return
      operations += 1
      if (operations === index + 1) until = addMillis(clock.now(), ms)
      const hit = operations === index + 1 || (until !== null && operations > index && clock.now() < until)
      if (hit) throw Object.assign(new Error(`${code}: ${operation} ${path}`), { code })
    },
    cure() {
      cured = true
    },
  }
}

/** Waits as the delivery asks to, until it has ended; whoever looks at it meanwhile sees a reason. */
async function seeThrough(computer: Computer, clock: FakeClock, findings: Finding[]): Promise<void> {
  const last = await untilEnded(computer, clock, ({ state, error }) => {
    if (!isEnded(state) && error === null)
      findings.push({ loss: 'unexplained', what: `${state} without a reason` })
  })
  if (!isEnded(last.state))
    findings.push({ loss: 'lost', what: `${last.state} (${last.error?.code}) waits for nobody knows what` })
}

import { randomFrom } from '../../../main/practice/random.ts'
import type { ErrorCode } from '../../../preload/contract/errors.ts'
import { servedZip } from '../../fakes/deliveries-world.ts'
import { hostileArchives } from '../../fakes/hostile-archives.ts'
import { zipBytes } from '../../fakes/zip-bytes.ts'
import type { Family, FaultStage } from '../family.ts'
import type { Finding } from '../tally.ts'
import { refusedArchives, renamedArchives } from './memory/archives.ts'
import { deliver, type Outcome } from './memory/deliver.ts'
import { leftoverFindings, visible } from './memory/look.ts'

const flipsOfEach = 400
const cutsOfEach = 200

const row = (n: number) => `DETAIL|${n}|${n * 7}|some text of the row${'|'.repeat(20)}\n`
const rows = Buffer.from(Array.from({ length: 400 }, (_, n) => row(n)).join(''))
const right: Readonly<Record<string, Buffer>> = {
  'CES_SAE.txt': rows,
  'side/attendees.txt': rows.subarray(0, 3000),
}
const archives = (['deflated', 'stored'] as const).map(method => {
  const parts = Object.entries(right).map(([name, data]) => ({
    name,
    data,
    method: method === 'stored' ? 0 : 8,
  }))
  return { method, bytes: zipBytes(parts) }
})

/** Damages archives in every way that was thought of, and delivers them: refused with a reason, or right to a byte. */
export const damageFamily: Family = {
  name: 'damage',
  askedFor:
    2 * flipsOfEach +
    2 * cutsOfEach +
    hostileArchives.length +
    refusedArchives.length +
    renamedArchives.length,
  async run(stage) {
    for (const { method, bytes } of archives) {
      await flips(stage, method, bytes)
      await cuts(stage, method, bytes)
    }
    for (const { name, archive, code } of [...hostileArchives, ...refusedArchives]) {
      stage.count(name, await refusedWith(await deliver(servedZip(archive)), code))
    }
    for (const { name, archive, files } of renamedArchives) {
      const outcome = await deliver(servedZip(archive))
      stage.count(name, [...rightFindings(outcome, files), ...warned(outcome)])
    }
  },
}

async function flips({ seed, count }: FaultStage, method: string, archive: Buffer): Promise<void> {
  const random = randomFrom(seed, 'flips', method)
  for (let flip = 0; flip < flipsOfEach; flip += 1) {
    const bit = random.int(0, archive.length * 8 - 1)
    const damaged = Buffer.from(archive)
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const outcome = await deliver(servedZip(damaged))
    // A bit that says nothing (a time stamp, a maker's version) may be flipped without harm.
    const delivered = outcome.delivery.receiptId !== null
    count(`${method}, bit ${bit} flipped`, delivered ? rightFindings(outcome, right) : refused(outcome))
  }
}

async function cuts({ count }: FaultStage, method: string, archive: Buffer): Promise<void> {
  for (let cut = 0; cut < cutsOfEach; cut += 1) {
    const length = Math.floor((archive.length * cut) / cutsOfEach)
    count(
      `${method}, cut after ${length} bytes`,
      refused(await deliver(servedZip(archive.subarray(0, length)))),
    )
  }
}

/** Not a byte of it was delivered, nothing was left behind, and it was said why. */
function refused({ delivery, computer }: Outcome): readonly Finding[] {
  const { state, error } = delivery
  const visibly = [...visible(computer).keys()].map(
    (name): Finding => ({ loss: 'wrong', what: `${name} was delivered` }),
  )
  const explained = ['not-what-it-claims', 'finished-empty'].includes(state) && error !== null
  return [
    ...visibly,
    ...leftoverFindings(computer),
    ...(explained ? [] : [{ loss: 'unexplained', what: `it is ${state} (${error?.code})` } as const]),
  ]
}

function refusedWith(outcome: Outcome, code: ErrorCode): readonly Finding[] {
  const said = outcome.delivery.error?.code
  const other: readonly Finding[] =
    said === code ? [] : [{ loss: 'unexplained', what: `it is said to be ${said}, not ${code}` }]
  return [...refused(outcome), ...other]
}

/** These files and no others, right to the last byte. */
function rightFindings(
  { computer, delivery }: Outcome,
  files: Readonly<Record<string, Buffer>>,
): readonly Finding[] {
  const seen = visible(computer)
  const missing = Object.keys(files).filter(name => !seen.has(name))
  const wrong = [...seen].filter(([name, text]) => text !== files[name]?.toString('latin1'))
  const of = (loss: Finding['loss'], what: string): Finding => ({ loss, what })
  return [
    ...missing.map(name => of('lost', `${name} is not there: the delivery is ${delivery.state}`)),
    ...wrong.map(([name]) => of('wrong', `${name} has other bytes`)),
    ...leftoverFindings(computer),
  ]
}

/** A name that was changed is a warning, in words that name it. */
function warned({ delivery }: Outcome): readonly Finding[] {
  const codes = delivery.plan?.warnings.map(warning => warning.code) ?? []
  const said = delivery.state === 'delivered-with-warnings' && codes.includes('name-changed')
  return said
    ? []
    : [{ loss: 'unexplained', what: `it is ${delivery.state}, with the warnings ${codes.join(', ')}` }]
}

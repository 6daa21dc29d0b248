import type { SystemName } from '../../preload/contract/words.ts'

/** What may come of a fault that must not: `wrong` bytes or a wrong state, `unexplained` a state without its reason. */
export const losses = ['lost', 'partial', 'doubled', 'wrong', 'unexplained'] as const
/** The same of the engine, where a job may be lost, and starts and deliveries be doubled. */
export const engineLosses = ['lost', 'doubledStarts', 'doubledDeliveries', 'unhandled', 'wrong'] as const
/** The same of the door, where a payload may bring down the app, get no answer, or get out what it must not. */
export const doorLosses = ['crashed', 'unanswered', 'uncoded', 'leaked', 'served', 'unhandled'] as const
export type Loss = (typeof losses)[number] | (typeof engineLosses)[number] | (typeof doorLosses)[number]

/** Starts of which the user was asked what came of them, by system. */
export type Asked = Readonly<Record<SystemName, number>>
const nobodyAsked: Asked = { concur: 0, icws: 0, vault: 0 }
/** Their lists tell whether a start whose answer was lost was one: whoever is asked there is asked needlessly. */
const listsTell: readonly SystemName[] = ['concur', 'icws']

/** One thing that went wrong, in words. */
export type Finding = { readonly loss: Loss; readonly what: string }

/** One line of a fault run's output, as README.md beside this has it. */
export type FaultLine = {
  readonly faults: string
  readonly family: string
  readonly tried: number
  /** Starts that ended in asking the user: no fault at Vault alone. Only where a job is started at all. */
  readonly asked?: Asked
} & Readonly<Partial<Record<Loss, number>>>

export type Tally = {
  /** One try, and what was found wrong after it; `label` names it well enough to find it again. */
  count(label: string, findings: readonly Finding[]): void
  /** One more start of which the user was asked what came of it. */
  ask(system: SystemName): void
  line(): FaultLine
  /** Nothing was lost, and no less was tried than was asked for. */
  passed(): boolean
}

/** Findings beyond so many are counted, but told no more: the first ones say what is wrong. */
const told = 20

export function createTally(
  faults: string,
  family: string,
  askedFor: number,
  say: (line: string) => void,
  columns: readonly Loss[] = losses,
): Tally {
  const counts = new Map<Loss, number>(columns.map(loss => [loss, 0]))
  let tried = 0
  let asked: Asked | null = columns === engineLosses ? nobodyAsked : null
  let found = 0
  return {
    count(label, findings) {
      tried += 1
      // A try counts once in each column, however many files show it.
      for (const loss of new Set(findings.map(finding => finding.loss)))
        counts.set(loss, (counts.get(loss) ?? 0) + 1)
      for (const { loss, what } of findings) {
        found += 1
        if (found <= told) say(`  ${family}: ${label}: ${loss}: ${what}`)
      }
    },
    ask(system) {
      asked ??= nobodyAsked
      asked = { ...asked, [system]: asked[system] + 1 }
    },
    line: () => ({
      ...{ faults, family, tried },
      ...Object.fromEntries(counts),
      ...(asked === null ? {} : { asked }),
    }),
    passed() {
      if (tried < askedFor) say(`  ${family}: tried ${tried} times, of ${askedFor} asked for`)
      const needless = listsTell.filter(system => asked !== null && asked[system] > 0)
      for (const system of needless) say(`  ${family}: the user was asked of a start at ${system}`)
      return tried >= askedFor && needless.length === 0 && [...counts.values()].every(count => count === 0)
    },
  }
}

/** The sum of all families, under the name `total`. */
export function totalOf(
  lines: readonly FaultLine[],
  faults: string,
  columns: readonly Loss[] = losses,
): FaultLine {
  const sum = (key: Loss | 'tried') => lines.reduce((total, line) => total + (line[key] ?? 0), 0)
  return {
    ...{ faults, family: 'total', tried: sum('tried') },
    ...Object.fromEntries(columns.map(loss => [loss, sum(loss)])),
    ...(columns === engineLosses ? { asked: lines.reduce(withAsked, nobodyAsked) } : {}),
  }
}

const withAsked = (sum: Asked, { asked = nobodyAsked }: FaultLine): Asked => ({
  concur: sum.concur + asked.concur,
  icws: sum.icws + asked.icws,
  vault: sum.vault + asked.vault,
})

/** What may come of a fault that must not: `wrong` bytes or a wrong state, `unexplained` a state without its reason. */
export const losses = ['lost', 'partial', 'doubled', 'wrong', 'unexplained'] as const
export type Loss = (typeof losses)[number]

/** One thing that went wrong, in words. */
export type Finding = { readonly loss: Loss; readonly what: string }

/** One line of a fault run's output, as README.md beside this has it. */
export type FaultLine = {
  readonly faults: string
  readonly family: string
  readonly tried: number
} & Readonly<Record<Loss, number>>

export type Tally = {
  /** One try, and what was found wrong after it; `label` names it well enough to find it again. */
  count(label: string, findings: readonly Finding[]): void
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
): Tally {
  const counts: Record<Loss, number> = { lost: 0, partial: 0, doubled: 0, wrong: 0, unexplained: 0 }
  let tried = 0
  let found = 0
  return {
    count(label, findings) {
      tried += 1
      // A try counts once in each column, however many files show it.
      for (const loss of new Set(findings.map(finding => finding.loss))) counts[loss] += 1
      for (const { loss, what } of findings) {
        found += 1
        if (found <= told) say(`  ${family}: ${label}: ${loss}: ${what}`)
      }
    },
    line: () => ({ faults, family, tried, ...counts }),
    passed() {
      if (tried < askedFor) say(`  ${family}: tried ${tried} times, of ${askedFor} asked for`)
      return tried >= askedFor && losses.every(loss => counts[loss] === 0)
    },
  }
}

/** The sum of all families, under the name `total`. */
export function totalOf(lines: readonly FaultLine[], faults: string): FaultLine {
  const sum = (key: Loss | 'tried') => lines.reduce((total, line) => total + line[key], 0)
  const counts = Object.fromEntries(losses.map(loss => [loss, sum(loss)])) as Record<Loss, number>
  return { faults, family: 'total', tried: sum('tried'), ...counts }
}

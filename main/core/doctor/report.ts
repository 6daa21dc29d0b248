import type { Diagnosis, Finding } from '../../../preload/contract/doctor.ts'
import { doctor } from '../../../preload/contract/text/doctor.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import { instantAt, isoOf } from '../time.ts'

export type ReportHead = { readonly system: SystemName; readonly version: string }

/**
 * An examination as a text that can be sent to IT: what stands in it is what the steps found and nothing else, so no
 * secret, no account, no folder of the user's.
 */
export function reportText(diagnosis: Omit<Diagnosis, 'report'>, { system, version }: ReportHead): string {
  const { head, title, foot } = doctor.report
  const lines = [
    title,
    '='.repeat(title.length),
    ...table([
      [head.connection, diagnosis.connection],
      [head.system, system],
      [head.host, diagnosis.host],
      [head.at, `${isoOf(instantAt(diagnosis.startedAt))} (UTC)`],
      [head.version, version],
    ]),
    '',
    doctor.summary(diagnosis.findings, diagnosis.cancelled),
    '',
    ...diagnosis.findings.flatMap((found, index) => [...section(found, index + 1), '']),
    foot,
  ]
  return `${lines.join('\n')}\n`
}

function section(found: Finding, number: number): readonly string[] {
  const { what, next } = doctor.findingText(found)
  const facts = table(
    Object.entries(found.facts).flatMap(([name, value]): [string, string][] => {
      const known = doctor.factNames[name]
      return known === undefined ? [] : [[known, String(value)]]
    }),
  )
  return [
    `${number}. ${doctor.steps[found.step]}: ${doctor.results[found.result]}`,
    `   ${what}`,
    ...(next === null ? [] : [`   ${doctor.report.todo}: ${next}`]),
    ...facts.map(line => `   ${line}`),
    ...(found.error ? [`   ${found.error.code}${found.error.said ? `: ${found.error.said}` : ''}`] : []),
  ]
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${`${name}:`.padEnd(width + 2)}${value}`)
}

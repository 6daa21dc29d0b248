import type { Finding, Loss } from '../../tally.ts'
import type { Computer } from './computer.ts'
import { folder, type Scenario } from './scenarios.ts'

/** What a program that reads the destination sees, by the name there. Staging inside it is hidden, and not read. */
export function visible({ files }: Pick<Computer, 'files'>): ReadonlyMap<string, string> {
  return new Map(
    [...files.below(folder)]
      .filter(([path]) => !path.includes('/.extract-desk-'))
      .map(([path, bytes]) => [path.slice(folder.length + 1), bytes.toString('latin1')]),
  )
}

const finding = (loss: Loss, what: string): Finding => ({ loss, what })

/** What must never be seen, at no moment: a file that is neither the old nor the new one, a marker before its files. */
export function duringFindings(scenario: Scenario, seen: ReadonlyMap<string, string>): readonly Finding[] {
  const { group, before, kept, marker, links, atOnce } = scenario
  const findings: Finding[] = []
  const there = Object.keys(group).filter(name => seen.has(name))
  if (atOnce && there.length > 0 && there.length < Object.keys(group).length)
    findings.push(finding('partial', `only ${there.join(', ')} can be seen`))
  for (const [name, bytes] of seen) {
    if (name !== marker && bytes !== group[name] && bytes !== before[name])
      findings.push(
        finding(
          name in group || name in before ? 'partial' : 'doubled',
          `${name} is there, with ${bytes.length} bytes`,
        ),
      )
  }
  // A name that is replaced is never missing; without hard links it is, for a moment.
  if (links) {
    for (const name of Object.keys({ ...kept, ...before }).filter(name => name !== marker || name in kept))
      if (!seen.has(name)) findings.push(finding('lost', `${name} is missing`))
  }
  return [...findings, ...markerFindings(scenario, seen)]
}

/** A marker speaks for the files beside it: an old one for the old files, a new one for all of the new ones. */
function markerFindings(
  { group, before, marker }: Scenario,
  seen: ReadonlyMap<string, string>,
): readonly Finding[] {
  const text = marker === null ? undefined : seen.get(marker)
  if (marker === null || text === undefined) return []
  const wanted = text === before[marker] ? { ...before, [marker]: text } : group
  const early = Object.entries(wanted).filter(([name, bytes]) => seen.get(name) !== bytes)
  const listed = text === before[marker] ? [] : text.trimEnd().split('\n')
  const named = new Set(listed.map(line => line.replace(/^\S+ \S+ /, '')))
  const unlisted = listed.length === 0 ? [] : Object.keys(group).filter(name => !named.has(name))
  return [
    ...early.map(([name]) => finding('partial', `the marker is there, and ${name} is not as it says`)),
    ...unlisted.map(name => finding('wrong', `the marker does not name ${name}`)),
  ]
}

/** What must be so when all is over: the group whole and once, what stood there before as the policy wants it. */
export function afterFindings(scenario: Scenario, computer: Computer): readonly Finding[] {
  const { group, kept, marker } = scenario
  const { deliveries, receipts } = computer.around
  const seen = visible(computer)
  const findings = [...duringFindings(scenario, seen)]
  const expected = { ...kept, ...group }
  for (const [name, bytes] of Object.entries(expected)) {
    const there = seen.get(name)
    if (there === undefined) findings.push(finding('lost', `${name} is not there`))
    else if (there !== bytes) findings.push(finding('wrong', `${name} has other bytes`))
  }
  if (marker !== null && (seen.get(marker) ?? scenario.before[marker]) === scenario.before[marker])
    findings.push(finding('lost', 'the marker is not there'))
  for (const name of seen.keys())
    if (!(name in expected) && name !== marker) findings.push(finding('doubled', `${name} is too much`))
  const states = deliveries.rows().map(row => row.state)
  if (states.length > 1)
    findings.push(finding('doubled', `${states.length} deliveries: ${states.join(', ')}`))
  if (states.at(-1) !== 'delivered') findings.push(finding('lost', `the delivery is ${states.at(-1)}`))
  return [
    ...findings,
    ...receiptFindings(
      scenario,
      receipts.rows().map(row => row.content.files.map(file => file.path)),
    ),
  ]
}

function receiptFindings({ group }: Scenario, receipts: readonly (readonly string[])[]): readonly Finding[] {
  if (receipts.length > 1) return [finding('doubled', `${receipts.length} receipts`)]
  const [paths] = receipts
  if (paths === undefined) return [finding('lost', 'there is no receipt')]
  const wanted = Object.keys(group).map(name => `${folder}/${name}`)
  const same = [...paths].sort().join('\n') === wanted.sort().join('\n')
  return same ? [] : [finding('wrong', `the receipt names ${paths.join(', ')}`)]
}

/** What a delivery that is over leaves behind, beside what it delivered. */
export function leftoverFindings({ files }: Computer): readonly Finding[] {
  const left = [...files.below('/srv').keys()].filter(path => path.includes('.extract-desk-'))
  return left.map(path => finding('unexplained', `${path} was left behind`))
}

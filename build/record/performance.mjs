import { facts, figure, machines, table } from './page.mjs'

/**
 * One line of a bench, as test/bench/README.md has it.
 *
 * @typedef {Readonly<{
 *   bench: string, case: string, measure: string, unit: string,
 *   value: number, target: number | null, met: boolean | null, ours?: number, theirs?: number,
 * }>} BenchLine
 * @typedef {import('./record.mjs').Seen<BenchLine>} SeenBenchLine
 */

/** @param {BenchLine} line */
export const benchSubject = line => `${line.bench}/${line.case}`

/**
 * docs/performance.md.
 *
 * @param {readonly SeenBenchLine[]} lines
 * @returns {string}
 */
export function performancePage(lines) {
  const judged = lines.filter(line => line.met !== null)
  const met = judged.filter(line => line.met).length
  const benches = [...new Set(lines.map(line => line.bench))]
  return [
    '# Performance',
    '',
    'Written by `npm run bench`; do not edit. What each measure is, how it is taken, and what bounds those that miss their',
    'target stands in [test/bench/README.md](../test/bench/README.md). Ratios were measured with both sides in turns in one',
    'run: on a shared machine they say more than seconds do. Lower is better everywhere.',
    '',
    `${met} of ${judged.length} targets are met. To repeat: \`npm run bench\` (hours), \`npm run bench -- NAME\`, or`,
    '`npm run bench -- NAME/CASE`; a run replaces the figures of its own cases alone.',
    '',
    ...machines(lines),
    ...benches.flatMap(bench => [
      '',
      `## ${bench}`,
      '',
      ...table(
        ['case', 'measure', 'value', 'target', '', 'ours', 'theirs', 'seen on'],
        lines.filter(line => line.bench === bench).map(line => row(line, lines)),
      ),
    ]),
    '',
  ].join('\n')
}

/** @param {SeenBenchLine} line @param {readonly SeenBenchLine[]} all */
function row(line, all) {
  // The unit is that of both sides where there are two, and the value is then their ratio, unless it is one of them.
  const sided = line.ours !== undefined && line.theirs !== undefined && line.value !== line.ours
  return [
    line.case,
    line.measure,
    sided ? figure(line.value) : `${figure(line.value)} ${line.unit}`,
    line.target === null ? '' : figure(line.target),
    line.met === null ? '' : line.met ? 'met' : '**missed**',
    line.ours === undefined ? '' : `${figure(line.ours)} ${line.unit}`,
    line.theirs === undefined ? '' : `${figure(line.theirs)} ${line.unit}`,
    facts(line, all),
  ]
}

import { facts, figure, machines, table } from './page.mjs'

/**
 * One line of a fault run, as test/faults/README.md has it: its counts have names of their own.
 *
 * @typedef {Readonly<{ faults: string, family: string, tried: number, seed: number }>} FaultLine
 * @typedef {import('./record.mjs').Seen<FaultLine>} SeenFaultLine
 */

/** @param {FaultLine} line */
export const faultSubject = line => `${line.faults}/${line.family}`

const asides = new Set(['faults', 'family', 'tried', 'seed', 'on', 'machine'])

/**
 * docs/reliability.md.
 *
 * @param {readonly SeenFaultLine[]} lines
 * @returns {string}
 */
export function reliabilityPage(lines) {
  const names = [...new Set(lines.map(line => line.faults))]
  return [
    '# Reliability',
    '',
    'Written by `npm run faults`; do not edit. What each family does to the app, and what its columns count, stands in',
    '[test/faults/README.md](../test/faults/README.md). Any column but `tried` and `asked` above 0 is a fault of the app.',
    '',
    'To repeat: `npm run faults` (hours), or `npm run faults -- NAME/FAMILY --seed N`; a run replaces the counts of its own',
    'families alone.',
    '',
    ...machines(lines),
    ...names.flatMap(name => {
      const own = lines.filter(line => line.faults === name)
      const columns = [...new Set(own.flatMap(line => Object.keys(line)))].filter(key => !asides.has(key))
      return [
        '',
        `## ${name}`,
        '',
        ...table(
          ['family', 'tried', ...columns, 'seed', 'seen on'],
          own.map(line => [
            line.family,
            figure(line.tried),
            ...columns.map(column => count(/** @type {Record<string, unknown>} */ (line)[column])),
            String(line.seed),
            facts(line, lines),
          ]),
        ),
      ]
    }),
    '',
  ].join('\n')
}

/** A count, or several by name. @param {unknown} value @returns {string} */
function count(value) {
  if (value === undefined) return ''
  if (typeof value === 'number') return figure(value)
  return Object.entries(/** @type {Record<string, number>} */ (value))
    .map(([name, number]) => `${name} ${figure(number)}`)
    .join(', ')
}

/** @typedef {{ on: string, machine: string }} Sight when and on what a figure was seen */

/** A figure as people read it: 10,626 and 0.585. @param {number} value */
export const figure = value =>
  value.toLocaleString('en', { maximumSignificantDigits: value >= 1000 ? 21 : 4 })

/** The machines of all figures; each row names its own by a letter. @param {readonly Sight[]} sights */
export function machines(sights) {
  return [...letters(sights)].map(([machine, letter]) => `- **${letter}**: ${machine}`)
}

/** @param {Sight} sight @param {readonly Sight[]} all */
export const facts = (sight, all) => `${sight.on}, ${letters(all).get(sight.machine)}`

/** @param {readonly Sight[]} sights @returns {Map<string, string>} */
function letters(sights) {
  const named = [...new Set(sights.map(({ machine }) => machine))].sort()
  return new Map(named.map((machine, at) => [machine, at < 26 ? String.fromCharCode(65 + at) : `M${at + 1}`]))
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)]
}

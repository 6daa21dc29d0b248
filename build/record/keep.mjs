import { join } from 'node:path'
import { root } from '../ensure/ensure.mjs'
import { describeMachine } from './machine.mjs'
import { merged, readRecord, writeRecord, writeWhole } from './record.mjs'

/**
 * Keeps the lines of a run in docs/figures, and writes its page of docs anew.
 *
 * @template {object} T
 * @param {'performance' | 'reliability'} name
 * @param {readonly T[]} lines as they were printed
 * @param {import('../runtime/electron.mjs').ElectronRuntime} runtime
 * @param {(line: T) => string} subject
 * @param {(lines: readonly import('./record.mjs').Seen<T>[]) => string} page
 */
export function keepFigures(name, lines, runtime, subject, page) {
  if (lines.length === 0) return
  const seen = { on: new Date().toISOString().slice(0, 10), machine: describeMachine(runtime) }
  const file = join(root, 'docs', 'figures', `${name}.jsonl`)
  /** @type {import('./record.mjs').Seen<T>[]} */
  const kept = readRecord(file)
  const all = merged(
    kept,
    lines.map(line => ({ ...line, ...seen })),
    subject,
  )
  writeRecord(file, all)
  writeWhole(join(root, 'docs', `${name}.md`), page(all))
}

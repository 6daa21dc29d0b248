import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * A printed line with when and on what it was seen.
 *
 * @template {object} T
 * @typedef {T & { on: string, machine: string }} Seen
 */

/**
 * What is kept after a run: the new lines instead of the old ones of the same subject. A run of one case leaves the
 * figures of all others as they were, each with its own day.
 *
 * @template {object} T
 * @param {readonly Seen<T>[]} kept
 * @param {readonly Seen<T>[]} fresh
 * @param {(line: T) => string} subject what is measured anew as a whole, such as `delivery/csv-1-gb`
 * @returns {Seen<T>[]} ordered by subject, those of one subject as they were printed
 */
export function merged(kept, fresh, subject) {
  const renewed = new Set(fresh.map(subject))
  const all = [...kept.filter(line => !renewed.has(subject(line))), ...fresh]
  return all
    .map((line, at) => ({ line, at, of: subject(line) }))
    .sort((a, b) => (a.of < b.of ? -1 : a.of > b.of ? 1 : a.at - b.at))
    .map(({ line }) => line)
}

/**
 * @template {object} T
 * @param {string} file JSON lines
 * @returns {Seen<T>[]} nothing where the file is not there yet
 */
export function readRecord(file) {
  let text
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return []
    throw error
  }
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
}

/** @param {string} file @param {readonly object[]} lines */
export function writeRecord(file, lines) {
  writeWhole(file, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
}

/** Nobody finds half a page. @param {string} file @param {string} text */
export function writeWhole(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

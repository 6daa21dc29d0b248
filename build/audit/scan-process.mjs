import { createRequire } from 'node:module'
import { join } from 'node:path'

const [scanner = '', folder = '', ...notRun] = process.argv.slice(2)
const require = createRequire(join(scanner, 'package.json'))
const entry = require.resolve('@doyensec/electronegativity')

/** @type {string[]} */
const asked = []
const offline = (/** @type {string} */ url) => {
  asked.push(url)
  return Promise.reject(new Error('The audit asks no network'))
}
// It would fetch translations of its own words, and wait for them where nobody answers.
const got = createRequire(entry).resolve('got')
Object.assign(require.cache, { [got]: { exports: Object.assign(offline, { head: offline }) } })

const { globalChecks, atomicChecks, errors, issues } = await require(entry)({
  input: folder,
  isRelative: true,
  customScan: [],
  excludeFromScan: notRun,
})
const findings = issues.map((/** @type {any} */ { id, file, location }) => ({ check: id, file, ...location }))
const unread = errors.map((/** @type {any} */ { file, message }) => ({ file, message }))
process.send?.({ checks: globalChecks + atomicChecks, findings, unread, asked })

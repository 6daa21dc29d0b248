import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from './ensure/stop.mjs'

/**
 * Licences under which a package may be part of the app. MPL-2.0 binds the files of that package alone, which go in
 * unchanged. Anything else is looked at by a person first, and then stands here.
 */
export const ALLOWED_LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MPL-2.0',
]

/**
 * @typedef {{ license?: { id?: string, name?: string }, expression?: string }} Licence
 * @typedef {{ name: string, version: string, licenses?: Licence[], externalReferences?: { type: string }[] }} Component
 * @typedef {{ components: Component[] }} Bill
 */

/**
 * What the app is made of, in CycloneDX's words, by npm out of the installed packages.
 *
 * @param {string} base the checkout
 * @returns {Bill}
 */
export function billOf(base) {
  const words = ['sbom', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application']
  const npm = process.env.npm_execpath
  const { status, stdout } = npm
    ? spawnSync(process.execPath, [npm, ...words], { cwd: base, encoding: 'utf8', maxBuffer: 2 ** 26 })
    : spawnSync('npm', words, { cwd: base, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Stop('npm could not list the packages that the app is made of.')
  /** @type {Bill} */
  const bill = JSON.parse(stdout)
  // Where a package was fetched from is this machine's business, not the app's.
  const components = bill.components.map(component => ({
    ...component,
    externalReferences: (component.externalReferences ?? []).filter(({ type }) => type !== 'distribution'),
  }))
  return { ...bill, components }
}

/** @param {Component} component */
export const licenceOf = ({ licenses }) =>
  (licenses ?? []).map(({ license, expression }) => expression ?? license?.id ?? license?.name).join(' AND ')

/**
 * Throws, naming them, where packages have a licence that nobody has looked at.
 *
 * @param {Bill} bill
 */
export function checkLicences({ components }) {
  const unknown = components.filter(component => !ALLOWED_LICENCES.includes(licenceOf(component)))
  if (unknown.length === 0) return
  const told = unknown.map(component => `${component.name} ${component.version} (${licenceOf(component)})`)
  throw new Stop(`These packages may not be part of the app as they are licensed: ${told.join(', ')}.`)
}

/**
 * The licences of all packages in the app, with their texts where the packages carry them.
 *
 * @param {Bill} bill
 * @param {string} base the checkout
 */
export function noticesOf({ components }, base) {
  const parts = components.map(component => {
    const folder = join(base, 'node_modules', component.name)
    const file = existsSync(folder)
      ? readdirSync(folder).find(name => /^(?:licen[cs]e|copying)(?:\.|$)/i.test(name))
      : undefined
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : 'Its package carries no text.'
    return `${component.name} ${component.version}\nLicence: ${licenceOf(component)}\n\n${text}\n`
  })
  const head =
    'Extract Desk contains these packages. Electron and Chromium come with licence files of their own.\n'
  return [head, ...parts].join(`\n${'-'.repeat(80)}\n\n`)
}

/**
 * Writes the bill of materials and the notices, for the packaging to lay beside the app.
 *
 * @param {string} base the checkout
 * @param {string} folder made where it does not exist
 */
export function writeNotices(base, folder) {
  const bill = billOf(base)
  checkLicences(bill)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`)
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), noticesOf(bill, base))
}

import { spawn } from 'node:child_process'
import { npmCommand } from '../ensure/npm.mjs'

/**
 * npm's report, as far as it is read here. `via` names another package where the fault is that one's.
 *
 * @typedef {{ url: string, title: string, severity: string }} Advisory
 * @typedef {{ nodes: string[], via: (string | Advisory)[] }} Vulnerable
 * @typedef {{ vulnerabilities: Record<string, Vulnerable> }} Report
 * @typedef {{ packages: Record<string, { dev?: boolean }> }} Lock
 * @typedef {{ package: string, id: string, title: string, severity: string }} Known
 */

/** A development package by its place in package.json, as its users install it; and yet the most of what is shipped. */
const SHIPPED_TOO = 'node_modules/electron'

/**
 * Asks the registry what is known against the packages of the lock file.
 *
 * @param {string} root the checkout
 * @returns {Promise<{ report: Report } | { unanswered: string }>} `unanswered`: why there is no report
 */
export async function askForAdvisories(root) {
  const npm = npmCommand(['audit', '--package-lock-only', '--json'])
  const child = spawn(npm.command, npm.args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
  /** @type {Buffer[]} */
  const said = []
  child.stdout.on('data', piece => said.push(piece))
  await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const answer = JSON.parse(Buffer.concat(said).toString('utf8'))
  // Its status says only whether there was anything: an error has neither a list nor a version.
  if (typeof answer.vulnerabilities === 'object') return { report: answer }
  return { unanswered: String(answer.statusCode ?? answer.error?.code ?? 'no status') }
}

/**
 * The advisories of high or critical severity against what is shipped.
 *
 * @param {Report} report
 * @param {Lock} lock
 * @returns {Known[]} each advisory once a package
 */
export function severeIn({ vulnerabilities }, { packages }) {
  return Object.entries(vulnerabilities)
    .filter(([, { nodes }]) => nodes.some(path => path === SHIPPED_TOO || packages[path]?.dev !== true))
    .flatMap(([name, { via }]) =>
      via.flatMap(one =>
        typeof one !== 'string' && ['high', 'critical'].includes(one.severity)
          ? [{ package: name, id: one.url.split('/').at(-1) ?? '', title: one.title, severity: one.severity }]
          : [],
      ),
    )
}

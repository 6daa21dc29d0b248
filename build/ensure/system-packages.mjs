import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Stop } from './stop.mjs'

/**
 * A Debian package, by the names it has had; the newest first. Those with `t64` came with Debian 13
 * and Ubuntu 24.04.
 *
 * @typedef {{ names: readonly [string, ...string[]], programs?: readonly string[] }} Need
 */

/** What Electron itself links to, loads, or calls. @type {readonly Need[]} */
const ELECTRON_NEEDS = [
  { names: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { names: ['libasound2t64', 'libasound2'] },
  { names: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'] },
  { names: ['libcups2t64', 'libcups2'] },
  { names: ['libdrm2'] },
  { names: ['libgbm1'] },
  { names: ['libnotify4'] },
  { names: ['libnss3'] },
  { names: ['libsecret-1-0'] },
  { names: ['libxkbcommon0'] },
  { names: ['libxss1'] },
  { names: ['libxtst6'] },
  { names: ['xdg-utils'] },
  { names: ['fonts-dejavu-core'] },
]

/** What a desktop session of our own consists of. @type {readonly Need[]} */
const SESSION_NEEDS = [
  { names: ['dbus'], programs: ['dbus-daemon'] },
  { names: ['gnome-keyring'], programs: ['gnome-keyring-daemon'] },
  { names: ['libsecret-tools'], programs: ['secret-tool'] },
  { names: ['dunst'], programs: ['dunst'] },
]

/** A screen for machines without one, and the type that the window is drawn in. @type {readonly Need[]} */
const SCREEN_NEEDS = [{ names: ['xvfb'], programs: ['Xvfb'] }, { names: ['fonts-inter'] }]

/** What benches are measured against. @type {readonly Need[]} */
const SHELL_NEEDS = [
  { names: ['curl'], programs: ['curl'] },
  { names: ['openssl'], programs: ['openssl'] },
  { names: ['unzip'], programs: ['unzip'] },
  { names: ['mawk'], programs: ['mawk'] },
]

/**
 * What the window is to run on.
 *
 * @typedef {'own desktop' | 'session on a display' | 'session on its own screen' | 'session beside a shell'} Stage
 */

/** @param {Stage} stage @returns {readonly Need[]} */
export function needsOf(stage) {
  if (stage === 'own desktop') return ELECTRON_NEEDS
  if (stage === 'session on a display') return [...ELECTRON_NEEDS, ...SESSION_NEEDS]
  const session = [...ELECTRON_NEEDS, ...SESSION_NEEDS, ...SCREEN_NEEDS]
  return stage === 'session beside a shell' ? [...session, ...SHELL_NEEDS] : session
}

/**
 * The packages to install for what is not there, each by the name that this system knows.
 *
 * @param {readonly Need[]} needs
 * @param {ReadonlySet<string>} installed
 * @param {boolean} t64 whether this system is of the generation with the `t64` names
 * @returns {string[]}
 */
export function missingPackages(needs, installed, t64) {
  return needs
    .filter(need => !need.names.some(name => installed.has(name)))
    .map(need => (t64 ? need.names[0] : (need.names.at(-1) ?? need.names[0])))
}

/**
 * Whether a system has the package names that came with 64-bit time.
 *
 * @param {Record<string, string>} release the fields of /etc/os-release
 */
export function hasT64Names(release) {
  // Testing and unstable name no version; derivatives name their Ubuntu's code name.
  const version = Number.parseFloat(release.VERSION_ID ?? '')
  if (release.ID === 'debian') return !(version < 13)
  if (release.ID === 'ubuntu') return !(version < 24.04)
  const olderBases = ['bionic', 'focal', 'jammy', 'buster', 'bullseye', 'bookworm']
  return !olderBases.includes(
    release.UBUNTU_CODENAME ?? release.DEBIAN_CODENAME ?? release.VERSION_CODENAME ?? '',
  )
}

/**
 * The fields of an os-release file.
 *
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseOsRelease(text) {
  return Object.fromEntries(
    text.split('\n').flatMap(line => {
      const [, name, value = ''] = /^([A-Z0-9_]+)=(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [[name, value.replace(/^(["'])(.*)\1$/, '$2')]]
    }),
  )
}

/**
 * The names that dpkg lists as wholly installed.
 *
 * @param {string} listing lines of `${db:Status-Status} ${Package}`
 */
export function installedPackages(listing) {
  return new Set(
    listing.split('\n').flatMap(line => {
      const [status, name] = line.split(' ')
      return status === 'installed' && name !== undefined ? [name] : []
    }),
  )
}

/** The line for a person who is not root. @param {readonly string[]} packages */
export function installLine(packages) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

/**
 * Installs what Linux lacks, where root runs this on Debian or one of its children; says what to do
 * everywhere else.
 *
 * @param {Stage} stage
 * @param {(line: string) => void} say
 */
export function ensureSystemPackages(stage, say) {
  if (process.platform !== 'linux') return
  const needs = needsOf(stage)
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg fills these in, not JavaScript.
  const listing = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (listing.error !== undefined) {
    ensureProgramsElsewhere(needs)
    return
  }
  const release = parseOsRelease(readFileSync('/etc/os-release', 'utf8'))
  const missing = missingPackages(needs, installedPackages(listing.stdout), hasT64Names(release))
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    throw new Stop(`Packages of this system are missing. Install them with:\n\n  ${installLine(missing)}\n`)
  }
  say(`Installing packages of this system: ${missing.join(' ')}`)
  apt(['update'])
  apt(['install', '-y', '--no-install-recommends', ...missing])
}

/** @param {string[]} words */
function apt(words) {
  const done = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...words], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 2, 2],
  })
  if (done.status !== 0) throw new Stop(`apt-get ${words[0]} failed; its own words stand above.`)
}

/**
 * Other Linux systems name their packages otherwise; only the programs can be looked for.
 *
 * @param {readonly Need[]} needs
 */
function ensureProgramsElsewhere(needs) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const missing = needs
    .flatMap(need => need.programs ?? [])
    .filter(program => !folders.some(folder => existsSync(join(folder, program))))
  if (missing.length === 0) return
  throw new Stop(
    `This system has no dpkg, so its packages cannot be installed from here. Missing programs: ${missing.join(', ')}.\n` +
      `On Debian they and what Electron needs come with: ${needs.map(need => need.names.at(-1)).join(' ')}`,
  )
}

import { expect, test } from 'vitest'
import {
  hasT64Names,
  installedPackages,
  installLine,
  missingPackages,
  needsOf,
  parseOsRelease,
} from '../../../build/ensure/system-packages.mjs'

const BOOKWORM = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n'
const NOBLE = "ID=ubuntu\nID_LIKE=debian\nVERSION_ID='24.04'\n"

test('os-release values lose their quotes, of either kind', () => {
  expect(parseOsRelease(BOOKWORM)).toMatchObject({ ID: 'debian', VERSION_ID: '12' })
  expect(parseOsRelease(NOBLE)).toMatchObject({ ID: 'ubuntu', VERSION_ID: '24.04' })
})

test.each([
  [{ ID: 'debian', VERSION_ID: '12' }, false],
  [{ ID: 'debian', VERSION_ID: '13' }, true],
  [{ ID: 'debian' }, true],
  [{ ID: 'ubuntu', VERSION_ID: '22.04' }, false],
  [{ ID: 'ubuntu', VERSION_ID: '24.04' }, true],
  [{ ID: 'linuxmint', VERSION_ID: '21.3', UBUNTU_CODENAME: 'jammy' }, false],
  [{ ID: 'linuxmint', VERSION_ID: '22', UBUNTU_CODENAME: 'noble' }, true],
])('%j has the names with t64: %s', (release, expected) => {
  expect(hasT64Names(release)).toBe(expected)
})

test('only what is installed wholly counts', () => {
  const listing = 'installed dbus\nconfig-files dunst\nnot-installed xvfb\nunpacked libnss3\n'
  expect([...installedPackages(listing)]).toEqual(['dbus'])
})

test('a need is met under its old name and its new one', () => {
  const needs = [{ names: ['libgtk-3-0t64', 'libgtk-3-0'] }] as const
  expect(missingPackages(needs, new Set(['libgtk-3-0']), true)).toEqual([])
  expect(missingPackages(needs, new Set(['libgtk-3-0t64']), false)).toEqual([])
})

test('what is missing is asked for by the name that this system knows', () => {
  const needs = [{ names: ['libasound2t64', 'libasound2'] }, { names: ['xvfb'] }] as const
  expect(missingPackages(needs, new Set(), true)).toEqual(['libasound2t64', 'xvfb'])
  expect(missingPackages(needs, new Set(), false)).toEqual(['libasound2', 'xvfb'])
})

test('a display of its own spares the virtual one, and a desktop of its own the session', () => {
  const names = (stage: Parameters<typeof needsOf>[0]) => missingPackages(needsOf(stage), new Set(), false)
  expect(names('session on its own screen')).toEqual(expect.arrayContaining(['xvfb', 'dunst', 'libnss3']))
  expect(names('session on a display')).toContain('gnome-keyring')
  expect(names('session on a display')).not.toContain('xvfb')
  expect(names('own desktop')).not.toContain('gnome-keyring')
})

test('the line to run names exactly the missing packages', () => {
  expect(installLine(['xvfb', 'dunst'])).toBe(
    'sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb dunst',
  )
})

import { expect, test } from 'vitest'
import { isNodeRecentEnough } from '../../../build/ensure/node-version.mjs'
import { npmCommand } from '../../../build/ensure/npm.mjs'
import { isInstalledAsLocked } from '../../../build/ensure/packages.mjs'

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
    'node_modules/@libsql/win32-x64-msvc': { version: '0.5.29', integrity: 'sha512-b', optional: true },
  },
}

test('an install of exactly the locked packages needs no other', () => {
  const installed = { packages: { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' } } }
  expect(isInstalledAsLocked(lock, installed)).toBe(true)
})

test.each([
  ['nothing is installed, or an install was cut', undefined],
  ['a package is missing', { packages: {} }],
  [
    'another version is there',
    { packages: { 'node_modules/zod': { version: '4.6.8', integrity: 'sha512-c' } } },
  ],
  [
    'other bytes are there',
    { packages: { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-x' } } },
  ],
])('packages are installed where %s', (_, installed) => {
  expect(isInstalledAsLocked(lock, installed)).toBe(false)
})

test.each([
  ['18.20.0', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['21.7.0', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['24.0.0', true],
])('Node %s is recent enough: %s', (version, expected) => {
  expect(isNodeRecentEnough(version)).toBe(expected)
})

test('npm is the one that runs the script, where there is one', () => {
  const { command, args } = npmCommand(['ci'], { npm_execpath: '/opt/npm/bin/npm-cli.js' })
  expect(command).toBe(process.execPath)
  expect(args).toEqual(['/opt/npm/bin/npm-cli.js', 'ci'])
})

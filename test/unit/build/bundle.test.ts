import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inputStamp } from '../../../build/bundle.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stamp-test-'))
  mkdirSync(join(folder, 'main', 'core'), { recursive: true })
  writeFileSync(join(folder, 'main', 'core', 'a.ts'), 'a')
  writeFileSync(join(folder, 'package.json'), '{}')
})
afterEach(() => rmSync(folder, { recursive: true }))

const stamp = () => inputStamp(folder, ['main', 'package.json'])

test('the same sources have the same stamp', () => {
  expect(stamp()).toBe(stamp())
})

test.each([
  ['a byte', () => writeFileSync(join(folder, 'main', 'core', 'a.ts'), 'b')],
  ['a name', () => renameSync(join(folder, 'main', 'core', 'a.ts'), join(folder, 'main', 'core', 'b.ts'))],
  ['a new file', () => writeFileSync(join(folder, 'main', 'index.ts'), '')],
  ['a single file beside the folders', () => writeFileSync(join(folder, 'package.json'), '{ }')],
])('another stamp for %s', (_, change) => {
  const before = stamp()
  change()
  expect(stamp()).not.toBe(before)
})

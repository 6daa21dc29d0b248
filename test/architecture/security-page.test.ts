import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root, sourcesBelow } from './sources.ts'

const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
const rows = [...page.matchAll(/^\| (\d+) \| .*\| `([^`]+)`(?: "([^"]+)")? \|$/gm)].map(
  ([, item, file, title]) => ({ item: Number(item), file: file ?? '', title }),
)

describe('the security page', () => {
  test('goes through all items of Electron’s checklist', () => {
    expect(rows.map(({ item }) => item)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  })

  test.each(rows)('item $item: its test is there', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true)
    if (title !== undefined) expect(readFileSync(join(root, file), 'utf8')).toContain(title)
  })

  test('nothing is opened outside the app by an address', () => {
    const calls = sourcesBelow('main')
      .map(({ path }) => path)
      .filter(path => readFileSync(join(root, path), 'utf8').includes('openExternal'))
    expect(calls).toEqual([])
  })
})

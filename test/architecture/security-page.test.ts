import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root, sourcesBelow } from './sources.ts'

const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
const rows = [...page.matchAll(/^\| (\d+) \| .*\| `([^`]+)`(?: "([^"]+)")? \|$/gm)].map(
  ([, item, file, title]) => ({ item: Number(item), file: file ?? '', title }),
)

const lookouts = [...page.matchAll(/^\| ([^|]+) \| [^|]+ \| `(test\/[^`]+)`(?: "([^"]+)")? \|$/gm)].flatMap(
  ([, what, file, title]) => (/^\d+$/.test(what ?? '') ? [] : [{ what, file: file ?? '', title }]),
)

describe('the security page', () => {
  test('goes through all items of Electron’s checklist', () => {
    expect(rows.map(({ item }) => item)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  })

  test.each(rows)('item $item: its test is there', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true)
    if (title !== undefined) expect(readFileSync(join(root, file), 'utf8')).toContain(title)
  })

  test.each(lookouts)('what looks for “$what”: its test is there', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true)
    if (title !== undefined) expect(readFileSync(join(root, file), 'utf8')).toContain(title)
  })

  test('main reaches the network through Chromium alone', () => {
    const networks = /^node:(?:dgram|dns|http|https|http2|net|tls)(?:\/|$)/
    const others = sourcesBelow('main').filter(
      ({ imports, ambient }) =>
        imports.some(({ specifier, typeOnly }) => !typeOnly && networks.test(specifier ?? '')) ||
        ambient.some(name => ['fetch', 'XMLHttpRequest', 'WebSocket'].includes(name)),
    )
    expect(others.map(({ path }) => path)).toEqual([
      // Asks the system whether a name is known, to say why a connection failed.
      'main/adapters/http/network.ts',
      // The system bus of this computer.
      'main/adapters/metered/system-bus.ts',
      // The practice systems listen on this computer.
      'main/practice/loopback.ts',
    ])
  })

  test('nothing is opened outside the app by an address', () => {
    const calls = sourcesBelow('main')
      .map(({ path }) => path)
      .filter(path => readFileSync(join(root, path), 'utf8').includes('openExternal'))
    expect(calls).toEqual([])
  })
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const STATIC_IMPORT = /^(?:import|export)\s[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm

/** Everything that loading a module loads before its first line runs. */
function staticImports(module: URL, seen: Set<string> = new Set()): Set<string> {
  for (const [, from, bare] of readFileSync(module, 'utf8').matchAll(STATIC_IMPORT)) {
    const name = from ?? bare ?? ''
    const found = name.startsWith('.') ? new URL(name, module).href : name
    if (seen.has(found)) continue
    seen.add(found)
    if (name.startsWith('.')) staticImports(new URL(found), seen)
  }
  return seen
}

const build = new URL('../../../build/', import.meta.url)

test.each(['start.mjs', 'test.mjs', 'package.mjs', 'demo.mjs'])(
  '%s starts with Node alone, before any package is installed',
  script => {
    const imports = [...staticImports(new URL(script, build))]
    expect(imports.length).toBeGreaterThan(3)
    expect(imports.filter(name => !name.startsWith('node:') && !name.startsWith('file:'))).toEqual([])
  },
)

test('a static import of a package would be seen', () => {
  expect([...staticImports(new URL('session/launch-app.mjs', build))]).toContain('playwright-core')
})

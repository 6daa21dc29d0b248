import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyReadable } from '../../build/audit/readable.mjs'
import { ensureScanner, NOT_RUN, type Scan, scan } from '../../build/audit/scanner.mjs'
import { bundle } from '../../build/bundle.mjs'
import { root } from '../../build/ensure/ensure.mjs'
import { say } from '../../build/ensure/stop.mjs'
import { explained } from './findings.ts'

const work = mkdtempSync(join(tmpdir(), 'audit-'))
const clean = join(work, 'clean')
const planted = join(work, 'planted')
/** What it would mean there is all the same to the scanner: in the page, in the preload script, in main. */
const VIOLATION = '\nnew BrowserWindow({ webPreferences: { nodeIntegration: true } });\n'

let copy: Awaited<ReturnType<typeof copyReadable>>
let ours: Scan
let withViolations: Scan

beforeAll(async () => {
  await bundle(say)
  const scanner = ensureScanner(say)
  copy = await copyReadable(root, clean)
  cpSync(clean, planted, { recursive: true })
  // Node alone would not be found: where a sandbox is named at all, it counts as kept out.
  const main = join(planted, 'main/index.js')
  const opened = readFileSync(main, 'utf8')
    .replace('sandbox: true,', '')
    .replace('nodeIntegration: false', 'nodeIntegration: true')
  writeFileSync(main, opened)
  for (const file of copy.files) appendFileSync(join(planted, file), VIOLATION)
  ;[ours, withViolations] = await Promise.all([scan(scanner, clean), scan(scanner, planted)])
})
afterAll(() => rmSync(work, { recursive: true }))

const keys = (found: readonly { check: string; file: string }[]) =>
  found.map(({ check, file }) => `${check} ${file}`).sort()

describe('electronegativity, on what was built', () => {
  it('reads every file', () => {
    expect(ours.unread).toEqual([])
    expect(copy.files.length).toBeGreaterThan(50)
    expect(copy.files).toEqual(
      expect.arrayContaining(['main/index.js', 'main/worker.js', 'preload/index.js']),
    )
  })

  it('finds nothing that is not explained, and no explanation has outlived its finding', () => {
    const found = ours.findings.map(({ check, ...place }) => ({ check, file: copy.sourceOf(place) }))
    expect(keys(found)).toEqual(keys(explained))
  })

  it('sees a violation in each file of ours, and our own window with Node and without its sandbox', () => {
    const seen = withViolations.findings.filter(({ check }) => check === 'NODE_INTEGRATION_JS_CHECK')
    expect(seen.map(({ file }) => file).sort()).toEqual([...copy.files, 'main/index.js'].sort())
  })

  it('runs all its checks but those that ask the network, which the security page names', () => {
    const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
    for (const check of NOT_RUN) expect(page).toContain(`\`${check}\``)
    expect(ours.checks).toBe(41)
    // Translations of its own words are all that it asked for: no check of those that ran.
    expect(ours.asked.filter(url => !url.includes('electronegativity-i18n'))).toEqual([])
  })
})

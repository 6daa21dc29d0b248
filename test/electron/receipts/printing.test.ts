import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { DesktopSession } from '../../../build/session/attached-session.mjs'
import { desktop } from '../session/desktop.ts'
import { cases } from './cases.ts'
import { type ReadPdf, readPdf } from './pdf.ts'

let session: DesktopSession
let outcome: string
const printed = new Map<string, ReadPdf>()
const pdf = (name: string): ReadPdf => printed.get(name) ?? { pages: 0, size: [0, 0], text: '' }

beforeAll(async () => {
  session = desktop()
  const folder = session.newFolder('printing')
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: { main: join(import.meta.dirname, 'harness.ts') },
        external: ['electron'],
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  const description = { name: 'printing-cases', version: '1.0.0', type: 'module', main: 'main.js' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(description))
  for (const name of ['main.js', 'package.json']) chmodSync(join(folder, name), 0o644)
  const { status, stdout, stderr } = await session.exec('env', [
    `INTO=${folder}`,
    inject('app').program,
    folder,
  ])
  if (status !== 0) throw new Error(`Electron ended with ${status}:\n${stderr}`)
  outcome = stdout
  for (const name of Object.keys(cases)) printed.set(name, readPdf(readFileSync(join(folder, `${name}.pdf`))))
})
afterAll(() => session.detach())

describe('a printed receipt', () => {
  test.each(Object.keys(cases))('%s is one page of A4', name => {
    const { pages, size } = pdf(name)
    expect(pages).toBe(1)
    expect(Math.abs(size[0] - 595)).toBeLessThan(2)
    expect(Math.abs(size[1] - 842)).toBeLessThan(2)
  })

  test('has text that can be selected: what was delivered, hashes, and the last line of the page', () => {
    const { text } = pdf('plain')
    const parts = [
      'Receipt 1',
      'Acme EU',
      'a.txt',
      '00000001',
      'CRC-32',
      'They match',
      '2 / 1.00',
      'Written by',
    ]
    for (const said of parts) expect(text).toContain(said)
  })

  test.each(['full-latin', 'full-chinese', 'full-thai'])('%s: nothing is cut off at its end', name => {
    expect(pdf(name).text).toContain('Written by Extract Desk')
    expect(pdf(name).text).toContain('more warnings')
  })

  test('writes every language', () => {
    // A blank between two scripts is written by itself.
    const text = pdf('languages').text.replace(/\s/g, '')
    for (const said of ['山田太郎', 'Büro', 'Отдел', '財務部']) expect(text).toContain(said)
  })

  test('shows markup as text', () => {
    expect(pdf('hostile').text).toContain('<script>document.title')
  })

  test('leaves no window behind', () => {
    expect(outcome).toContain('{"windows":0}')
  })
})

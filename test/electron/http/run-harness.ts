import { chmodSync, chownSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { inject } from 'vitest'
import type { DesktopSession } from '../../../build/session/attached-session.mjs'
import { desktop } from '../session/desktop.ts'
import type { CaseResult } from './electron-case.ts'
import type { SuiteName } from './suites.ts'

/** Runs a suite in Electron, as the user of the test's desktop session, and gives each case's result by its name. */
export async function runHarness(
  suite: SuiteName,
  env: Record<string, string> = {},
): Promise<Map<string, CaseResult>> {
  const session = desktop()
  const folder = session.newFolder('harness')
  await bundle(folder)
  const settings = Object.entries({ ...env, SUITE: suite }).map(([name, value]) => `${name}=${value}`)
  const words = [...settings, inject('app').program, '--ozone-platform=headless', folder]
  const { status, stdout, stderr } = await session.exec('env', words)
  session.detach()
  const results = stdout
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map((line): CaseResult => JSON.parse(line))
  if (status !== 0) throw new Error(`Electron ended with ${status} after ${results.length} cases:\n${stderr}`)
  return new Map(results.map(result => [result.name, result]))
}

/** A home folder in whose certificates the company's authority is trusted, as IT would have installed it. */
export function companyHome(): string {
  const session = desktop()
  const home = session.newFolder('company-home')
  const store = join(home, '.pki', 'nssdb')
  mkdirSync(store, { recursive: true })
  cpSync(join(import.meta.dirname, '../../fixtures/tls/nssdb'), store, { recursive: true })
  giveTo(session, [join(home, '.pki'), store, join(store, 'cert9.db'), join(store, 'key4.db')])
  return home
}

function giveTo({ account }: DesktopSession, paths: readonly string[]): void {
  if (account === undefined) return
  for (const path of paths) chownSync(path, account.uid, account.gid)
}

/** Fails with what went wrong inside Electron. */
export function expectPassed(results: ReadonlyMap<string, CaseResult>, name: string): void {
  const result = results.get(name)
  if (result === undefined) throw new Error(`The case was not run: ${name}`)
  if (result.error !== null) throw new Error(result.error)
}

async function bundle(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: join(import.meta.dirname, 'harness.ts'),
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: 'node20',
      rolldownOptions: { external: ['electron'], output: { entryFileNames: 'main.js' } },
    },
  })
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'http-cases', version: '1.0.0', type: 'module', main: 'main.js' }),
  )
  // A strict mask of root's would close them to the session's user.
  for (const name of ['main.js', 'package.json']) chmodSync(join(folder, name), 0o644)
}

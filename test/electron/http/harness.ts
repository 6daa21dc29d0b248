/**
 * An Electron app that runs the cases of one suite with the real adapter and prints one JSON line a case. It is bundled
 * and started by run-harness.ts.
 */
import { app } from 'electron'
import { CertificateFindings } from '../../../main/adapters/http/certificates.ts'
import { ElectronHttp } from '../../../main/adapters/http/electron-http.ts'
import { HttpSessions } from '../../../main/adapters/http/http-sessions.ts'
import { prepareSession } from '../../../main/app/session.ts'
import { ProxySignIn, proxyAccount } from '../../../main/core/policy/proxy-sign-in.ts'
import { MemorySecrets } from '../../fakes/memory-secrets.ts'
import type { CaseResult, ElectronParts } from './electron-case.ts'
import { suites } from './suites.ts'

let opened = 0

function open(): ElectronParts {
  opened += 1
  const secrets = new MemorySecrets()
  const certificates = new CertificateFindings()
  const sessions = new HttpSessions(session => certificates.watch(session), `case-${opened}`)
  const proxySignIn = new ProxySignIn(proxyAccount(secrets, 'proxy'))
  return { http: new ElectronHttp({ sessions, certificates, proxySignIn }), sessions, secrets }
}

async function resultOf(name: string, run: () => Promise<void>): Promise<CaseResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${caseWithinMs} ms`)), caseWithinMs)
  })
  try {
    await Promise.race([run(), late])
    return { name, error: null }
  } catch (error) {
    return { name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  } finally {
    clearTimeout(timer)
  }
}

async function runAll(): Promise<void> {
  for (const { name, run } of suites[process.env.SUITE as keyof typeof suites]) {
    process.stdout.write(`${JSON.stringify(await resultOf(name, () => run(open)))}\n`)
  }
  app.exit(0)
}

const caseWithinMs = 30_000

prepareSession(app)
// Not awaited here: Electron becomes ready only when this module has been loaded.
void app.whenReady().then(runAll)

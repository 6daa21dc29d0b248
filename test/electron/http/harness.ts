/**
 * An Electron app that runs the cases of one suite with the real adapter and prints one JSON line a case. It is bundled
 * and started by run-harness.ts.
 */
import { app } from 'electron'
import { openHttp } from '../../../main/adapters/http/open-http.ts'
import { prepareSession } from '../../../main/app/session.ts'
import { proxyAccount } from '../../../main/core/policy/proxy-sign-in.ts'
import { createRedactor } from '../../../main/core/policy/redact.ts'
import { MemorySecrets } from '../../fakes/memory-secrets.ts'
import { type CaseResult, type ElectronParts, userAgent } from './electron-case.ts'
import { suites } from './suites.ts'

let opened = 0

function open(): ElectronParts {
  opened += 1
  const secrets = new MemorySecrets()
  const parts = openHttp({
    userAgent,
    proxyAccount: proxyAccount(secrets, 'proxy', createRedactor()),
    name: `case-${opened}`,
  })
  return { ...parts, secrets }
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

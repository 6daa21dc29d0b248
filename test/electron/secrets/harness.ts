/**
 * An Electron app that uses the keychain of its session as a case wants, prints what came of it as one JSON line, and
 * ends. It is bundled and started by keychain.test.ts.
 */
import { join } from 'node:path'
import { app } from 'electron'
import { openKeychain } from '../../../main/adapters/secrets/open-keychain.ts'
import { errorView } from '../../../main/core/errors.ts'
import { account, bundle, type Outcome } from './outcome.ts'

const open = (answerWithin?: number) => openKeychain(join(import.meta.dirname, 'keychain.js'), answerWithin)

const cases: Record<string, () => Promise<Outcome>> = {
  /** Another process reads what this one wrote: each has a keychain of its own. */
  async keeps() {
    const before = await open().secrets.get(account)
    await open().secrets.set(account, bundle)
    return { before, after: await open().secrets.get(account), health: await open().secrets.health() }
  },
  async deletes() {
    const before = await open().secrets.get(account)
    await open().secrets.delete(account)
    return { before, after: await open().secrets.get(account), health: await open().secrets.health() }
  },
  async missing() {
    const { secrets } = open()
    const failed = await secrets.set(account, bundle).catch(errorView)
    return { error: failed ?? null, health: await secrets.health() }
  },
  /** Counts how often the main thread had its turn while the keychain hung. */
  async hangs() {
    const { secrets } = open(1_000)
    let turns = 0
    const turning = setInterval(() => {
      turns += 1
    }, 50)
    const failed = await secrets.set(account, bundle).catch(errorView)
    clearInterval(turning)
    return { error: failed ?? null, health: await secrets.health(), turns }
  },
}

app.on('window-all-closed', () => {})
void app.whenReady().then(async () => {
  const outcome = await cases[process.env.CASE ?? '']?.()
  process.stdout.write(`${JSON.stringify(outcome)}\n`, () => app.exit(0))
})

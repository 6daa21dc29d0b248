import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchApp } from '../../../build/session/launch-app.mjs'
import { stageApp } from '../../../build/stage.mjs'
import { channels } from '../../../preload/contract/channels.ts'
import { faultsOf } from '../../electron/journeys/opened-app.ts'
import { openWindow } from '../../electron/shell/hands.ts'
import type { Family, FaultStage } from '../family.ts'
import { faultRun } from '../run.ts'
import { doorLosses, type Finding } from '../tally.ts'
import { assault, openStranger, standStill } from './assault.ts'

const payloads = 10_000
const calls = Object.values(channels).flat().length
const secret = 'canary-of-the-proxy-0c64'

/** Sends ten thousand payloads through every channel, from a page that `find` finds. */
const family = (
  name: string,
  find: (stage: FaultStage, page: Page, open: Open) => Promise<Page>,
): Family => ({
  name,
  askedFor: payloads * calls,
  async run(stage) {
    const { session, runtime } = stage
    const folder = join(session.description.folder, `door-${name}`)
    stageApp(folder)
    const profile = session.newFolder('profile')
    const app = await launchApp({ session, app: { program: runtime.program, folder }, profile })
    try {
      const own = await openWindow(app)
      await own.evaluate(async password => {
        await window.desk.connections.practise()
        await window.desk.settings.proxySignIn('user', password)
      }, secret)
      await standStill(app)
      const page = await find(stage, own, address => openStranger(app, address))
      const plan = {
        ...{ seed: stage.seed, count: payloads, secrets: [secret] },
        paths: [profile, session.description.folder],
      }
      await assault(page, plan, ({ channel, tried, answers, faults }) => {
        stage.say(`  ${name}: ${channel} ${JSON.stringify(answers)}`)
        const findings = faults.map(({ kind, what }): Finding => ({ loss: kind, what }))
        const served = name === 'window' ? 0 : (answers.ok ?? 0)
        if (served > 0) findings.push({ loss: 'served', what: `${served} answers to a stranger` })
        // A finding counts for one payload; those that were answered as they should be count alike.
        for (const finding of findings) stage.count(channel, [finding])
        for (let n = findings.length; n < tried; n += 1) stage.count(channel, [])
      })
      if (!(await own.evaluate(async () => (await window.desk.app.snapshot()).ok)))
        stage.count('after all of it', [{ loss: 'crashed', what: 'our own window is not answered' }])
    } finally {
      const alive = app.process().exitCode === null
      app.process().kill('SIGKILL')
      if (!alive) stage.count('the app', [{ loss: 'crashed', what: 'it ended by itself' }])
    }
    for (const fault of faultsOf(profile))
      stage.count('the log', [{ loss: 'unhandled', what: JSON.stringify(fault) }])
  },
})

type Open = (address: string) => Promise<Page>

/** Attacks the one door of the real app. */
export const doorFaults = faultRun(
  'door',
  [
    family('window', async (_stage, page) => page),
    family('stranger', (_stage, _page, open) => open('app://desk/index.html')),
    family('foreign-origin', (_stage, _page, open) => open('data:text/html,<title>x</title>')),
  ],
  doorLosses,
)

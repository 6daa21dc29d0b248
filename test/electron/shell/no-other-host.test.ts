import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { DEFINITION } from '../journeys/first-delivery.ts'
import { askToRun, decide, practise, waitForDelivered } from '../journeys/steps.ts'
import { desktop, startApp } from '../session/desktop.ts'
import { inMain, openWindow } from './hands.ts'
import { hostsIn } from './net-log.ts'

// Reserved, so that it leads nowhere: it is asked for to see that the log would tell.
const ELSEWHERE = 'elsewhere.invalid'

const session = desktop()
afterAll(() => session.detach())

it('from the first start to a delivery, nothing is asked of any host but the connection’s own', async () => {
  const log = join(session.newFolder('net-log'), 'log.json')
  const app = await startApp(session, session.newFolder('profile'), {
    args: [`--log-net-log=${log}`],
    env: { HOME: session.newFolder('home') },
  })
  const page = await openWindow(app)
  await practise(page)
  await decide(await askToRun(page, DEFINITION), words.extracts.runDialog.run)
  await waitForDelivered(page, DEFINITION)
  const refused = await inMain(
    app,
    ({ session }, host) =>
      // The page's own session would refuse it before the network is asked.
      session
        .fromPartition('elsewhere')
        .fetch(`https://${host}/`)
        .then(
          () => '',
          (error: unknown) => String(error),
        ),
    ELSEWHERE,
  )
  expect(refused).toContain('ERR_')
  await app.close()

  // The practice systems are the only connections here, and listen on this computer alone.
  expect(hostsIn(log)).toEqual(['127.0.0.1', ELSEWHERE])
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { assault, type ChannelReport, openStranger, standStill } from '../../faults/door/assault.ts'
import { DEFINITION } from '../journeys/first-delivery.ts'
import { faultsOf, type OpenedApp, openApp } from '../journeys/opened-app.ts'
import { askToRun, decide, practise, waitForDelivered } from '../journeys/steps.ts'
import { desktop } from '../session/desktop.ts'
import { typed } from '../session/typed-secrets.ts'

// `npm run faults -- door` does the same with ten thousand payloads a channel.
const PAYLOADS = 20
const SECRET = 'canary-of-the-proxy-f81d'

const session = desktop()
const profile = session.newFolder('profile')
let opened: OpenedApp
const paths = [profile, session.description.folder]

beforeAll(async () => {
  opened = await openApp(session, profile)
  const page = await opened.page()
  await practise(page)
  await decide(await askToRun(page, DEFINITION), words.extracts.runDialog.run)
  await waitForDelivered(page, DEFINITION)
  typed(session.description.folder, { password: SECRET })
  await page.evaluate(password => window.desk.settings.proxySignIn('user', password), SECRET)
  await standStill(opened.app)
})
afterAll(async () => {
  // It was told not to end itself.
  await opened.kill()
  session.detach()
})

it('answers whatever a window of ours sends with a known code, and gives nothing away', async () => {
  const reports: ChannelReport[] = []
  const plan = { seed: 20_261_122, count: PAYLOADS, secrets: [SECRET], paths }
  await assault(await opened.page(), plan, report => reports.push(report))
  expect(reports.flatMap(({ channel, faults }) => faults.map(fault => ({ channel, ...fault })))).toEqual([])
  // Some came as far as their handler: else the schemas alone were tried.
  const reached = reports.filter(
    ({ answers }) => answers.ok !== undefined || answers['not-found'] !== undefined,
  )
  expect(reached.length).toBeGreaterThan(reports.length / 2)
  expect(await (await opened.page()).evaluate(async () => (await window.desk.app.snapshot()).ok)).toBe(true)
  expect(faultsOf(profile)).toEqual([])
})

it('answers nothing that a stranger sends', async () => {
  const stranger = await openStranger(opened.app, 'app://desk/index.html')
  const codes = new Set<string>()
  await assault(stranger, { seed: 7, count: PAYLOADS, secrets: [SECRET], paths }, ({ answers, faults }) => {
    expect(faults).toEqual([])
    for (const code of Object.keys(answers)) codes.add(code)
  })
  // The bridge itself throws at what cannot be cloned, and answers for what cannot be sent.
  expect([...codes].filter(code => code !== 'thrown' && code !== 'internal')).toEqual(['forbidden'])
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { simulatorIn } from '../../../main/compose-practice.ts'
import type { SimulatedSystem, Simulator } from '../../../main/core/practice/practice.ts'

let dir: string
let simulator: Simulator
let running: SimulatedSystem

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'simulator-'))
  simulator = simulatorIn(dir)
  running = await concur()
})
/** The system whose sign-in is asked for here, as it is started. */
async function concur(): Promise<SimulatedSystem> {
  const found = (await simulator.start()).find(({ system }) => system === 'concur')
  if (!found) throw new Error('The simulator has no Concur')
  return found
}

afterEach(async () => {
  await simulator.stop()
  rmSync(dir, { recursive: true })
})

const signIn = async ({ clientId = '', clientSecret = '', refreshToken = '' }: Record<string, string>) => {
  const answer = await fetch(`${running.url}/oauth2/v0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    }),
  })
  return answer.status
}

it('behaves as told, from the next request on', async () => {
  expect(await signIn(running.secrets())).toBe(200)
  running.behave('maintenance')
  expect(await signIn(running.secrets())).toBe(503)
  running.behave('normal')
  expect(await signIn(running.secrets())).toBe(200)
})

it('lets in again whoever lost a token, also after a restart', async () => {
  const lost = running.secrets()
  running.behave('rotating-refresh-token')
  expect(await signIn(lost)).toBe(200)
  const others = running.secrets()
  expect(others.refreshToken).not.toBe(lost.refreshToken)
  const { url } = running
  await simulator.stop()
  running = await concur()
  expect(running.url).toBe(url)
  expect(await signIn(others)).toBe(200)
})

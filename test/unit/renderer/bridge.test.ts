import { afterAll, describe, expect, it, vi } from 'vitest'
import { channels } from '../../../preload/contract/channels.ts'
import { viewOf } from '../../../renderer/desk-error.ts'
import { asWindowDesk, createFakeDesk, FakeDeskError } from '../../fakes/fake-desk.ts'
import { monthEnd } from '../../fakes/fake-desk-data.ts'

const data = { ...monthEnd(1_700_000_000_000), history: [] }
const error = {
  code: 'sign-in-refused',
  facts: { connection: 'Acme EU' },
  said: 'Incorrect credentials',
} as const
const fake = createFakeDesk(data, {
  connections: {
    signIn: async () => {
      throw new FakeDeskError(error)
    },
  },
})
vi.stubGlobal('window', { desk: asWindowDesk(fake.bridge) })
// Tests share their modules: one that is loaded later must not take this for the window of a browser.
afterAll(() => vi.unstubAllGlobals())
const { desk } = await import('../../../renderer/bridge.ts')

describe('the bridge', () => {
  it('turns an envelope into its value', async () => {
    expect(await desk.jobs.plan('d-sae-us')).toMatchObject({ definitionId: 'd-sae-us' })
    expect(fake.calls.at(-1)).toEqual({ name: 'jobs.plan', args: ['d-sae-us'] })
  })

  it('turns an envelope’s error into one that carries its view', async () => {
    const caught = await desk.connections.signIn('c-eu', {}, 'session').catch((thrown: unknown) => thrown)
    expect(viewOf(caught)).toEqual(error)
  })

  it('shows anything else as a fault of the window', () => {
    expect(viewOf(new Error('x'))).toEqual({ code: 'internal', facts: {} })
  })

  it('has every call of the contract', () => {
    for (const [domain, names] of Object.entries(channels)) {
      const calls: Record<string, unknown> = Reflect.get(desk, domain)
      for (const name of names) expect(calls[name], `${domain}.${name}`).toBeTypeOf('function')
    }
  })
})

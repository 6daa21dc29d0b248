import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Handlers } from '../../main/ipc/handlers.ts'
import type { Services } from '../../main/ipc/services.ts'
import type { Calls, Crossing, DeskBridge, Subscriptions, WindowDesk } from '../../preload/contract/bridge.ts'
import { type Channel, channels, everyCallHasAChannel, messages } from '../../preload/contract/channels.ts'
import type { Envelope } from '../../preload/contract/errors.ts'

// The types are checked by the compiler (`npm run types`); what runs here keeps the table itself honest.
describe('the table of channels', () => {
  it('has every call once, and its channel is `domain.name`', () => {
    const all = Object.entries(channels).flatMap(([domain, calls]) => calls.map(call => `${domain}.${call}`))
    expect(new Set(all).size).toBe(all.length)
    expect(all.every(channel => /^[a-z]+\.[a-zA-Z]+$/.test(channel))).toBe(true)
    expect(everyCallHasAChannel).toBe(true)
    expectTypeOf<'jobs.run'>().toExtend<Channel>()
    expectTypeOf<'jobs.erase'>().not.toExtend<Channel>()
  })

  it('shares no name with the messages that main sends', () => {
    const all = Object.entries(channels).flatMap(([domain, calls]) => calls.map(call => `${domain}.${call}`))
    expect(all.filter(channel => Object.values<string>(messages).includes(channel))).toEqual([])
    expect(Object.keys(messages)).toHaveLength(5)
    expectTypeOf<keyof Subscriptions>().toEqualTypeOf<
      'onChange' | 'onProgress' | 'onPlace' | 'onInside' | 'onDiagnosis'
    >()
  })

  it('gives every call arguments that can be cloned, and an answer that is a promise', () => {
    type NotPromised = {
      [D in keyof Calls]: {
        [C in keyof Calls[D]]: Calls[D][C] extends (...args: never[]) => Promise<unknown> ? never : C
      }[keyof Calls[D]]
    }[keyof Calls]
    type Function = (...args: never[]) => unknown
    type TakesFunction = {
      [D in keyof Calls]: {
        [C in keyof Calls[D]]: Calls[D][C] extends (...args: infer A) => unknown
          ? Extract<A[number], Function> extends never
            ? never
            : C
          : C
      }[keyof Calls[D]]
    }[keyof Calls]
    expectTypeOf<NotPromised>().toEqualTypeOf<never>()
    expectTypeOf<TakesFunction>().toEqualTypeOf<never>()
  })

  it('has nothing generic on either face of the bridge', () => {
    expectTypeOf<keyof WindowDesk>().toEqualTypeOf<keyof Calls | 'on'>()
    expectTypeOf<keyof DeskBridge>().toEqualTypeOf<keyof Calls | 'on'>()
    expectTypeOf<Crossing<(id: string) => Promise<number>>>().toEqualTypeOf<
      (id: string) => Promise<Envelope<number>>
    >()
  })

  it('lets no handler make an envelope by itself', () => {
    type Plan = Handlers<'jobs'>['plan']
    expectTypeOf<(services: Services, id: string) => Promise<{ ok: false }>>().not.toExtend<Plan>()
  })
})

import type { Desk } from '../../../main/core/desk.ts'
import type { Services } from '../../../main/ipc/services.ts'

/** Anything asked of it that the test did not name is an error: a fake that cannot lie. */
export function only<T extends object>(what: string, named: Partial<T>): T {
  return new Proxy(named as T, {
    get(target, key) {
      // A promise's resolution looks for `then` on every value.
      if (key === 'then') return undefined
      if (!Reflect.has(target, key)) throw new Error(`${what}.${String(key)} was not expected`)
      return Reflect.get(target, key)
    },
  })
}

export function desk(named: { readonly [S in keyof Desk]?: Partial<Desk[S]> }): Desk {
  const services = Object.entries(named).map(([name, service]) => [name, only<object>(name, service)])
  return only<Desk>('desk', Object.fromEntries(services))
}

export const services = (named: Partial<Services> = {}): Services =>
  only<Services>('services', { account: 'ana', platform: 'linux', picked: new Set(), ...named })

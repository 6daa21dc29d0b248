/**
 * The only file that touches `window.desk`. Calls cross as envelopes, because contextBridge copies an Error without
 * its own properties; here they become values or a thrown `DeskError` again.
 */
import type { DeskBridge, WindowDesk } from '../preload/contract/bridge.ts'
import { channels } from '../preload/contract/channels.ts'
import type { Envelope } from '../preload/contract/errors.ts'
import { DeskError } from './desk-error.ts'

declare global {
  interface Window {
    readonly desk: WindowDesk
  }
}

type CrossingCall = (...args: readonly unknown[]) => Promise<Envelope<unknown>>

const opened =
  (call: CrossingCall) =>
  async (...args: readonly unknown[]): Promise<unknown> => {
    const envelope = await call(...args)
    if (!envelope.ok) throw new DeskError(envelope.error)
    return envelope.value
  }

/** The bridge with plain promises, out of the one that crosses. */
export function openBridge(crossing: WindowDesk): DeskBridge {
  const domains = Object.entries(channels).map(([domain, names]) => {
    const calls: Readonly<Record<string, CrossingCall>> = Reflect.get(crossing, domain)
    const named = names.flatMap(name => {
      const call = calls[name]
      return call ? [[name, opened(call)]] : []
    })
    return [domain, Object.fromEntries(named)]
  })
  // That every call is in the table is proven where it stands (contract/channels.ts); fromEntries forgets it.
  return { ...Object.fromEntries(domains), on: crossing.on }
}

export const desk: DeskBridge = openBridge(window.desk)

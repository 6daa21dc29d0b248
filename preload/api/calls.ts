import { ipcRenderer } from 'electron'
import type { WindowDesk } from '../contract/bridge.ts'
import { channels, type Domain } from '../contract/channels.ts'
import type { Envelope } from '../contract/errors.ts'

/** Main answers every call, refused ones too, with an envelope; a rejection means that it has no door, which is a bug. */
const noAnswer: Envelope<never> = { ok: false, error: { code: 'internal', facts: {} } }

const call =
  (channel: string) =>
  (...args: readonly unknown[]) =>
    ipcRenderer.invoke(channel, ...args).catch(() => noAnswer)

/** The calls of one domain as named functions. The channel is bound here and never chosen by the page. */
export function callsOf<D extends Domain>(domain: D): WindowDesk[D] {
  const named = channels[domain].map(name => [name, call(`${domain}.${name}`)])
  // The table is proven against `Calls` where it stands (contract/channels.ts); fromEntries forgets it.
  return Object.fromEntries(named)
}

import type { Metered } from '../../core/ports.ts'
import { NetworkManagerMetered } from './network-manager.ts'

export type OpenMetered = Metered & { readonly close: () => void }

/**
 * Whether this computer's connection is metered, where its system tells a program without a window: on Linux,
 * NetworkManager. Windows and macOS know it too, and neither Electron nor Node passes it on (docs/decisions/016).
 */
export function openMetered(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): OpenMetered {
  const metered = new NetworkManagerMetered()
  // Nobody waits for it: until the bus has answered nothing is known.
  if (platform === 'linux') void metered.start(env).catch(() => metered.close())
  return {
    metered: () => metered.metered(),
    onChange: run => metered.onChange(run),
    close: () => metered.close(),
  }
}

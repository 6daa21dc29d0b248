import { protocol } from 'electron'
import { windowScheme } from '../core/policy/navigation.ts'

/** Makes `app:` a scheme with an origin of its own, as https has. Only possible before the app is ready. */
export function installScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: windowScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

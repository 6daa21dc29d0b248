import { session } from 'electron'
import { windowOrigin } from '../core/policy/navigation.ts'
import { mayUse } from '../core/policy/permissions.ts'

/** Denies our page the browser's powers, and every request that is not for its own files. */
export function installPermissions(): void {
  const page = session.defaultSession
  page.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) =>
    decide(mayUse(permission, requestingUrl)),
  )
  page.setPermissionCheckHandler((contents, permission) => mayUse(permission, contents?.getURL() ?? ''))
  page.setDevicePermissionHandler(() => false)
  page.on('will-download', event => event.preventDefault())
  // The content security policy says the same; this also holds for what it does not cover (prefetches, dictionaries).
  page.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({
      cancel: !url.startsWith(`${windowOrigin}/`) && !url.startsWith('devtools:') && !url.startsWith('data:'),
    }),
  )
  page.setSpellCheckerEnabled(false)
}

/**
 * What electronegativity finds in the built app, and why each may stay. A finding that is not here fails the audit, and
 * so does a line here that nothing is found for any more.
 */
export type Explained = { readonly check: string; readonly file: string; readonly reason: string }

const WHOLE_APP = 'N/A'

export const explained: readonly Explained[] = [
  {
    check: 'CSP_GLOBAL_CHECK',
    file: WHOLE_APP,
    reason:
      'It looks for a <meta> tag or webRequest. The policy is a header of each answer of app:// (main/core/policy/page-security.ts), read back by test/electron/shell/security.test.ts.',
  },
  {
    check: 'ELECTRON_VERSION_JSON_CHECK',
    file: 'package.json',
    reason:
      'It asks for a look at every version. Ours is exact, and the newest of the day it was taken (docs/decisions/001-electron-runtime.md).',
  },
  {
    check: 'AUXCLICK_JS_CHECK',
    file: 'main/app/window.ts',
    reason:
      'A middle click asks for a new window, and every new window and navigation is refused, however it is asked for; an extra Blink feature would have to be set to say so a second time.',
  },
  {
    check: 'PRELOAD_JS_CHECK',
    file: 'main/app/window.ts',
    reason:
      'It asks for a look at every preload script. Ours is the bridge: named functions, isolated, sandboxed, which the page cannot change.',
  },
  {
    check: 'AUXCLICK_JS_CHECK',
    file: 'main/adapters/pdf-printer.ts',
    reason: 'A hidden window without scripts, which nobody can click and whose every request is refused.',
  },
  {
    check: 'CERTIFICATE_VERIFY_PROC_JS_CHECK',
    file: 'main/adapters/http/certificates.ts',
    reason:
      'It notes what was shown. Chromium’s own verdict decides but for one certificate, pinned by its SHA-256 (test/electron/http).',
  },
]

import { isWindowPage } from './navigation.ts'

/**
 * What our page may use of the browser's powers: it may put text on the clipboard (a hash, a path; only after a
 * click, which Chromium sees to). No camera, microphone, place, notifications of its own, USB, fonts, file system …
 */
export function mayUse(permission: string, requestingUrl: string): boolean {
  return permission === 'clipboard-sanitized-write' && isWindowPage(requestingUrl)
}

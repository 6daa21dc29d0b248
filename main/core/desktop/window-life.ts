import { type Instant, minutes } from '../time.ts'

/**
 * What closing the window means. Asked once, since half of all people expect a close button to end a program and the
 * other half expect it not to; Quit always ends it.
 *
 *   close ─► not asked yet ──► ask ──► keep (the window goes, the work goes on)
 *        └─► asked ─► closeToTray ? keep : quit
 *
 * `settings` is null where the profile could not be opened: there is nothing to keep going.
 */
export function onClose(
  settings: { readonly closeToTray: boolean } | null,
  asked: boolean,
): 'ask' | 'keep' | 'quit' {
  if (settings === null) return 'quit'
  if (!asked) return 'ask'
  return settings.closeToTray ? 'keep' : 'quit'
}

const ALLOWED = 3
const WITHIN = minutes(1)

/**
 * Whether a window whose page has crashed is opened again, given when earlier ones crashed: at most three times in a
 * minute. A page that cannot live must not keep the computer busy; what runs in main goes on, and the tray opens it.
 */
export function mayReopen(crashes: readonly Instant[], now: Instant): boolean {
  return crashes.filter(at => at <= now && now - at < WITHIN).length < ALLOWED
}

import { type Instant, minutes } from '../time.ts'

const ALLOWED = 3
const WITHIN = minutes(1)

/**
 * Whether a window whose page has crashed is opened again, given when earlier ones crashed: at most three times in a
 * minute. A page that cannot live must not keep the computer busy; what runs in main goes on, and the tray opens it.
 */
export function mayReopen(crashes: readonly Instant[], now: Instant): boolean {
  return crashes.filter(at => at <= now && now - at < WITHIN).length < ALLOWED
}

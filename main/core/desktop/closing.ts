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

// Names of keys are also wanted where no window is: in tests of what is drawn as text.
const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac')

/** A key with the one that commands are given with: `⌘K` on a Mac, `Ctrl K` elsewhere. */
export const command = (key: string): string => (isMac ? `⌘${key}` : `Ctrl ${key}`)
/** The same as `aria-keyshortcuts` wants it. */
export const commandAria = (key: string): string => (isMac ? `Meta+${key}` : `Control+${key}`)
/** What goes back in this system's programs. */
export const back: string = isMac ? '⌘[' : 'Alt ←'

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

export const isCommand = (event: Pressed, key: string): boolean =>
  event.key.toLowerCase() === key &&
  (isMac ? event.metaKey : event.ctrlKey) &&
  !event.altKey &&
  !event.shiftKey

export const isBack = (event: KeyboardEvent): boolean =>
  isMac ? isCommand(event, '[') : event.key === 'ArrowLeft' && event.altKey && !event.ctrlKey

/** Whether what has the focus takes letters: a shortcut must not take them away from it. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'))

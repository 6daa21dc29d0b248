/** The overview of shortcuts, and what can be taken back. */

export const title = 'Keyboard shortcuts'
export const open = 'Show keyboard shortcuts'
export const columns = { keys: 'Keys', what: 'What they do' } as const
export const groups = {
  anywhere: 'Anywhere',
  lists: 'In a list',
  panels: 'Panels and dialogs',
  inside: 'In a file that is looked into',
} as const
export const what = {
  palette: 'Search or run',
  today: 'Today',
  extracts: 'Extracts',
  history: 'History',
  schedules: 'Schedules',
  connections: 'Connections',
  settings: 'Settings',
  search: 'Search the history',
  back: 'Back to where you were',
  regions: 'Next part of the window: screens, content, panel',
  undo: 'Undo what was just done, while Undo is offered',
  overview: 'This overview',
  rows: 'Next or previous row',
  ends: 'First or last row',
  pages: 'A screenful further or back, in the history',
  name: 'Type the first letters of a row to go to it',
  inRow: 'To the buttons of the row and back',
  menu: 'The row’s other actions',
  openRow: 'Open the row',
  lookInside: 'Look inside the delivery that is open or has the focus',
  find: 'Find; F3 and Shift F3 for the next and the previous',
  goToRow: 'Go to a row by its number',
  keep: 'Only rows with the value of the cell',
  copyCell: 'Copy the cell; with Shift the row',
  whole: 'The whole cell',
  width: 'Make the column wider or narrower',
  corners: 'First or last row',
  close: 'Close the panel or the dialog; the focus goes back to where it was',
} as const
export const keys = {
  letters: 'A–Z',
  arrowsUpDown: '↑ ↓',
  arrowsLeftRight: '← →',
  homeEnd: 'Home End',
  pageKeys: 'Page Up Page Down',
  enter: 'Enter',
  escape: 'Esc',
  shiftF10: 'Shift F10',
  shiftArrows: 'Shift ← →',
} as const
export const questionMark = 'Open this overview with ? as well'
export const questionMarkWhat =
  'Switch it off where you speak to the computer or press keys by accident. F1 always opens it.'

/** `Today (Ctrl 1)`: a tooltip with the keys. */
export const withKeys = (name: string, keysText: string): string => `${name} (${keysText})`

export const undo = {
  region: 'Undo',
  button: 'Undo',
  removed: (name: string): string => `${name} was removed.`,
  destination: (definition: string): string => `The destination of ${definition} was changed.`,
  /** Said aloud; the keys are how it is reached. */
  offered: (said: string, keysText: string): string => `${said} Undo with ${keysText}.`,
  undone: 'Undone.',
  failed: 'It could not be undone.',
} as const

export type TableAct =
  | 'find'
  | 'next'
  | 'previous'
  | 'go-to'
  | 'menu'
  | 'whole'
  | 'keep'
  | 'copy-cell'
  | 'copy-row'

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Names a key with what is held: `mod` is Ctrl, or ⌘ on a Mac. */
const named = ({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string =>
  [
    ctrlKey || metaKey ? 'mod' : '',
    altKey ? 'alt' : '',
    shiftKey ? 'shift' : '',
    key.length === 1 ? key.toLowerCase() : key,
  ]
    .filter(part => part !== '')
    .join('+')

/** Wherever on the screen the focus is. */
const onPage: Readonly<Record<string, TableAct>> = {
  'mod+f': 'find',
  'mod+g': 'go-to',
  F3: 'next',
  'shift+F3': 'previous',
}

/** With the focus in the table alone: elsewhere these keys mean something else. */
const inGrid: Readonly<Record<string, TableAct>> = {
  Enter: 'whole',
  'mod+Enter': 'keep',
  'mod+c': 'copy-cell',
  'mod+shift+c': 'copy-row',
  ContextMenu: 'menu',
  'shift+F10': 'menu',
}

/** What a key does; null: nothing here. */
export const keyAct = (pressed: Pressed, where: 'page' | 'grid'): TableAct | null =>
  (where === 'grid' ? inGrid : onPage)[named(pressed)] ?? null

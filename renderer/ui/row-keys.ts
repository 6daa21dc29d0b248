import type { KeyboardEvent } from 'react'

const row = '[data-row-main]'
/** Letters that follow each other so quickly are one word. */
const wordWithinMs = 1000

let typed = { text: '', at: 0 }

/** What was typed so far, with this letter; a pause begins a new word. */
function withLetter(letter: string, now: number): string {
  const text = now - typed.at < wordWithinMs ? typed.text + letter : letter
  typed = { text, at: now }
  return text
}

/** The next row whose name begins so; one letter again and again goes through all of them. */
export function rowNamed(names: readonly string[], from: number, text: string): number {
  const again = [...text].every(letter => letter === text[0])
  const wanted = (again ? text.slice(0, 1) : text).toLowerCase()
  const start = again ? from + 1 : from
  const order = names.map((_, index) => (start + index) % names.length)
  return order.find(index => names[index]?.toLowerCase().startsWith(wanted)) ?? -1
}

/**
 * The keys of a table whose rows have a main element (`data-row-main`): up, down, first and last row, the row whose
 * name is typed, along the buttons of the row, and its menu. Tab goes through what can be pressed, as everywhere.
 */
export function rowKeys(event: KeyboardEvent<HTMLTableElement>): void {
  const { target, key } = event
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return
  const line = target.closest('tr')
  if (!line?.querySelector(row) || !event.currentTarget.contains(line)) return
  const next = target.matches(row) ? amongRows(event, target) : null
  const found = next ?? withinRow(key, line, target)
  if (found) {
    event.preventDefault()
    found.focus()
  } else if (key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) {
    const menu = line.querySelector<HTMLElement>('[aria-haspopup]')
    if (!menu) return
    event.preventDefault()
    menu.focus()
    menu.click()
  }
}

function amongRows(
  { currentTarget, key }: KeyboardEvent<HTMLElement>,
  here: HTMLElement,
): HTMLElement | null {
  const rows = [...currentTarget.querySelectorAll<HTMLElement>(row)]
  const at = rows.indexOf(here)
  if (key === 'ArrowDown') return rows[at + 1] ?? null
  if (key === 'ArrowUp') return rows[at - 1] ?? null
  if (key === 'Home') return rows[0] ?? null
  if (key === 'End') return rows.at(-1) ?? null
  if (key.length !== 1 || !/[\p{L}\p{N}]/u.test(key)) return null
  const names = rows.map(one => one.textContent ?? '')
  return rows[rowNamed(names, at, withLetter(key, performance.now()))] ?? null
}

function withinRow(key: string, line: Element, here: HTMLElement): HTMLElement | null {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
  if (step === undefined) return null
  const stops = [...line.querySelectorAll<HTMLElement>('button:not(:disabled), a[href]')]
  return stops[stops.indexOf(here) + step] ?? null
}

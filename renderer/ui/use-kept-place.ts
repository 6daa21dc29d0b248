import { type RefObject, useLayoutEffect, useRef } from 'react'

/** How far a list was scrolled, and the name of the row that had the focus last. */
type Place = { readonly top: number; readonly row: string | null }

/** By the list's name, as long as the window is open. */
const places = new Map<string, Place>()

const mainOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element
    ? (target.closest('tr')?.querySelector<HTMLElement>('[data-row-main]') ?? null)
    : null

/**
 * Keeps the place of a list while another page is open: its scroll position, and the row that the user went away from.
 * The focus goes there only where it would be lost otherwise, as on the way back; whoever came by the rail keeps it.
 */
export function useKeptPlace(name: string): RefObject<HTMLTableElement | null> {
  const table = useRef<HTMLTableElement>(null)
  useLayoutEffect(() => {
    const list = table.current
    const scroller = list?.closest('.page-scroll, .page')
    if (!list || !scroller) return undefined
    const before = places.get(name)
    let { row } = before ?? { row: null }
    if (before) {
      scroller.scrollTop = before.top
      const rows = [...list.querySelectorAll<HTMLElement>('[data-row-main]')]
      const last = rows.find(one => one.textContent === row)
      if (document.activeElement === document.body) last?.focus({ preventScroll: true })
    }
    let { scrollTop: top } = scroller
    const onScroll = () => {
      top = scroller.scrollTop
    }
    const onFocus = (event: FocusEvent) => {
      row = mainOf(event.target)?.textContent ?? row
    }
    scroller.addEventListener('scroll', onScroll)
    list.addEventListener('focusin', onFocus)
    return () => {
      scroller.removeEventListener('scroll', onScroll)
      list.removeEventListener('focusin', onFocus)
      places.set(name, { top, row })
    }
  }, [name])
  return table
}

import { useEffect, useLayoutEffect, useRef } from 'react'

/** While something covers the page, remembers what had the focus there, and gives it back when the cover is gone. */
export function useFocusKept(covered: boolean): void {
  const before = useRef<Element | null>(null)
  useLayoutEffect(() => {
    // Hidden elements lose the focus only when the page is next drawn, so that it is still known here.
    if (covered) before.current = document.activeElement
  }, [covered])
  useEffect(() => {
    if (covered || !(before.current instanceof HTMLElement)) return
    // After the effects of what is uncovered, whose titles ask for the focus as if they were new.
    if (before.current.isConnected) before.current.focus()
    before.current = null
  }, [covered])
}

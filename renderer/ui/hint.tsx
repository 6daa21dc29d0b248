import { type ReactElement, useEffect, useRef, useState } from 'react'

type Shown = { readonly text: string; readonly left: number; readonly top: number }

const holderOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-hint]') : null

/**
 * One layer for the hints of all elements that carry `data-hint`, on hover and on keyboard focus; Esc puts it away.
 * Not a tooltip component an element: a history page shows hundreds of times, and each would bring its own listeners.
 * What a hint says is always to be had in another way too, so that it is hidden from screen readers.
 */
export function HintLayer(): ReactElement | null {
  const [shown, setShown] = useState<Shown | null>(null)
  const timer = useRef(0)

  useEffect(() => {
    const hide = () => {
      window.clearTimeout(timer.current)
      setShown(null)
    }
    const show = (holder: HTMLElement, delay: number) => {
      window.clearTimeout(timer.current)
      timer.current = window.setTimeout(() => {
        const text = holder.dataset.hint
        const box = holder.getBoundingClientRect()
        if (text && holder.isConnected) setShown({ text, left: box.left, top: box.bottom })
      }, delay)
    }
    const onOver = (event: PointerEvent) => {
      const holder = holderOf(event.target)
      if (holder) show(holder, 400)
      else hide()
    }
    const onFocus = (event: FocusEvent) => {
      const holder = holderOf(event.target)
      if (holder?.matches(':focus-visible')) show(holder, 0)
      else hide()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    document.addEventListener('pointerover', onOver)
    document.addEventListener('focusin', onFocus)
    document.addEventListener('keydown', onKey, true)
    document.addEventListener('pointerdown', hide)
    document.addEventListener('scroll', hide, true)
    return () => {
      window.clearTimeout(timer.current)
      document.removeEventListener('pointerover', onOver)
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('keydown', onKey, true)
      document.removeEventListener('pointerdown', hide)
      document.removeEventListener('scroll', hide, true)
    }
  }, [])

  if (!shown) return null
  return (
    <div className="hint" aria-hidden="true" ref={placeHint(shown)}>
      {shown.text}
    </div>
  )
}

/** Below its element, pushed back into the window where it would leave it. */
const placeHint = (shown: Shown) => (node: HTMLDivElement | null) => {
  if (!node) return
  const box = node.getBoundingClientRect()
  const left = Math.max(8, Math.min(shown.left, window.innerWidth - box.width - 8))
  const below = shown.top + 6
  const top = below + box.height > window.innerHeight - 8 ? shown.top - box.height - 32 : below
  node.style.left = `${left}px`
  node.style.top = `${top}px`
}

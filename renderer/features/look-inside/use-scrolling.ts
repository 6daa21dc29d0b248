import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { furthest, isScaled, movedBy, type Strip, scrollTopOf, topOf } from './strip.ts'

export type Scrolling = {
  /** Where the strip of rows is scrolled to, in its own pixels. */
  readonly top: number
  readonly left: number
  readonly onScroll: () => void
  readonly goTo: (top: number) => void
  readonly goLeft: (left: number) => void
}

/** A line of a wheel that counts in lines, in pixels, as Chromium takes it. */
const wheelLine = 40

/**
 * Keeps `top` and the scroll bar together. Where the scroll range is scaled down, a wheel would skip rows: its pixels
 * are then added to `top` here, and the bar follows; what it then reports is what we set, and is not read back.
 */
export function useScrolling(scroller: RefObject<HTMLDivElement | null>, strip: Strip): Scrolling {
  const [place, setPlace] = useState({ top: 0, left: 0 })
  const latest = useRef({ strip, top: 0 })
  const ours = useRef<number | null>(null)
  const top = Math.min(place.top, furthest(strip))
  useLayoutEffect(() => {
    latest.current = { strip, top }
  })

  const goTo = useCallback(
    (to: number) => {
      const area = scroller.current
      if (!area) return
      setPlace(before => ({ ...before, top: to }))
      latest.current = { ...latest.current, top: to }
      area.scrollTop = scrollTopOf(latest.current.strip, to)
      // As the browser rounded it.
      ours.current = area.scrollTop
    },
    [scroller],
  )
  const goLeft = useCallback(
    (left: number) => {
      if (scroller.current) scroller.current.scrollLeft = left
    },
    [scroller],
  )
  const onScroll = useCallback(() => {
    const area = scroller.current
    if (!area) return
    const { scrollTop, scrollLeft: left } = area
    const isOurs = ours.current !== null && Math.abs(ours.current - scrollTop) < 1
    if (!isOurs) ours.current = null
    setPlace(before => ({ left, top: isOurs ? before.top : topOf(latest.current.strip, scrollTop) }))
  }, [scroller])

  useEffect(() => {
    const area = scroller.current
    if (!area) return
    const onWheel = (event: WheelEvent) => {
      const { strip: now, top: from } = latest.current
      if (!isScaled(now) || event.ctrlKey || event.shiftKey || event.deltaY === 0) return
      event.preventDefault()
      const { DOM_DELTA_LINE, DOM_DELTA_PAGE } = WheelEvent
      const unit = { [DOM_DELTA_LINE]: wheelLine, [DOM_DELTA_PAGE]: now.view }[event.deltaMode] ?? 1
      goTo(movedBy(now, from, event.deltaY * unit))
      area.scrollLeft += event.deltaX * unit
    }
    area.addEventListener('wheel', onWheel, { passive: false })
    return () => area.removeEventListener('wheel', onWheel)
  }, [scroller, goTo])

  return { top, left: place.left, onScroll, goTo, goLeft }
}

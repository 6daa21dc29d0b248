import { type RefObject, useEffect, useRef, useState } from 'react'

/** The height of a row in pixels, read from an element that has it: rem grow with the text size, pixels do not. */
export function useRowHeight(): {
  readonly height: number
  readonly probe: RefObject<HTMLDivElement | null>
} {
  const probe = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(32)
  useEffect(() => {
    const element = probe.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      const measured = element.getBoundingClientRect().height
      if (measured > 0) setHeight(measured)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { height, probe }
}

import { type RefObject, useEffect, useRef, useState } from 'react'

export type Measures = {
  /** Pixels of a rem: it grows with the text size. */
  readonly rem: number
  readonly rowHeight: number
  /** Of the scrolled area, without its scroll bars. */
  readonly width: number
  readonly height: number
}

/** What the grid has to know in pixels, read from elements that have it: the scrolled area and a probe within it. */
export function useMeasures(): {
  readonly measures: Measures
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly probe: RefObject<HTMLDivElement | null>
} {
  const scroller = useRef<HTMLDivElement>(null)
  const probe = useRef<HTMLDivElement>(null)
  const [measures, setMeasures] = useState<Measures>({ rem: 16, rowHeight: 32, width: 0, height: 0 })
  useEffect(() => {
    const [area, row] = [scroller.current, probe.current]
    if (!area || !row) return
    const read = () => {
      const { width: rem, height: rowHeight } = row.getBoundingClientRect()
      if (rem > 0 && rowHeight > 0) {
        setMeasures({ rem, rowHeight, width: area.clientWidth, height: area.clientHeight })
      }
    }
    const observer = new ResizeObserver(read)
    observer.observe(area)
    observer.observe(row)
    read()
    return () => observer.disconnect()
  }, [])
  return { measures, scroller, probe }
}

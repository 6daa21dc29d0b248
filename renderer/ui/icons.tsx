import type { ReactElement } from 'react'
import type { Shape } from '../format/state.ts'

/** Drawn, not typed: the glyphs ● ◐ ▲ differ in size and weight from font to font. */
const shapes: Record<Shape, ReactElement> = {
  delivered: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  running: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.75a4.25 4.25 0 0 1 0 8.5z" fill="currentColor" />
    </>
  ),
  waiting: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  'needs-you': <path d="M6 1.2 11.2 10.6H.8z" fill="currentColor" />,
  failed: <path d="m2.2 2.2 7.6 7.6m0-7.6-7.6 7.6" fill="none" stroke="currentColor" strokeWidth="2" />,
  empty: (
    <circle
      cx="6"
      cy="6"
      r="4.25"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="2.2 2.25"
    />
  ),
  cancelled: <path d="M2 6h8" stroke="currentColor" strokeWidth="2" />,
}

export function ShapeIcon({ shape }: { readonly shape: Shape }): ReactElement {
  return (
    <svg className="icon shape" viewBox="0 0 12 12" aria-hidden="true" data-shape={shape}>
      {shapes[shape]}
    </svg>
  )
}

const drawings = {
  close: 'm4 4 8 8m0-8-8 8',
  chevron: 'm4 6 4 4 4-4',
  check: 'm3 8.5 3.5 3.5L13 4.5',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3 14 14',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  folder: 'M1.5 12.5v-9h5l1.5 2h6.5v7z',
  star: 'm8 1.8 1.9 3.9 4.3.6-3.1 3 .7 4.3L8 11.6l-3.8 2 .7-4.3-3.1-3 4.3-.6z',
  table: 'M1.5 3h13v10.5h-13zM1.5 6.5h13M1.5 10h13M6 6.5v7',
  columns: 'M2 3h3.2v10H2zM6.4 3h3.2v10H6.4zM10.8 3H14v10h-3.2z',
  crumb: 'm6 4 4 4-4 4',
  watch:
    'M1.5 8C3 5 5.3 3.5 8 3.5S13 5 14.5 8C13 11 10.7 12.5 8 12.5S3 11 1.5 8zM8 6.25a1.75 1.75 0 1 1 0 3.5 1.75 1.75 0 0 1 0-3.5z',
} as const
export type IconName = keyof typeof drawings

export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={drawings[name]} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  )
}

import { AppError } from '../errors.ts'
import { rowsPerMark, type Span } from './inside-work.ts'
import type { RowSet } from './row-set.ts'

/** Large enough that asking costs nothing beside reading, small enough to be cancelled and to let rows in between. */
const spanBytes = 8 * 1024 * 1024

/** What an index says of a file's rows. */
export type Rows = { readonly rows: number; readonly marks: Float64Array; readonly bytes: number }

/** From one mark up to another. `left`: the rows that the filter leaves; null: all. */
export function spanBetween(
  { rows, marks, bytes }: Rows,
  from: number,
  to: number,
  left: RowSet | null,
): Span {
  const row = from * rowsPerMark
  return {
    from: marks[from] ?? bytes,
    to: marks[to] ?? bytes,
    row,
    keep: left === null ? null : left.bits(row, Math.min(rows, to * rowsPerMark)),
  }
}

/** The whole file in spans of some megabytes. Those in which the filter leaves no row are left out. */
export function spansOf(index: Rows, left: RowSet | null): readonly Span[] {
  const spans: Span[] = []
  for (let from = 0; from < index.marks.length; ) {
    let to = from + 1
    while (to < index.marks.length && (index.marks[to] ?? 0) - (index.marks[from] ?? 0) < spanBytes) to += 1
    const span = spanBetween(index, from, to, left)
    if (span.keep === null || span.keep.some(byte => byte !== 0)) spans.push(span)
    from = to
  }
  return spans
}

/** So many threads read a file; more would only wait for the disk. */
const sideBySide = 2

/**
 * Works on spans two at a time and hands on what came of them, in their order. It stops where `take` says that it has
 * enough, and with `cancelled` where the signal does; nothing is under way any more when it resolves.
 */
export async function overSpans<T>(
  spans: readonly Span[],
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (bytes: number) => void },
  work: (span: Span) => Promise<T>,
  take: (result: T, span: Span) => 'enough' | undefined,
): Promise<void> {
  const running: { readonly span: Span; readonly result: Promise<T> }[] = []
  let next = 0
  try {
    for (;;) {
      while (running.length < sideBySide && next < spans.length) {
        const span = spans[next]
        next += 1
        if (span === undefined) break
        const result = work(span)
        // Whoever waits for it hears of it; where nobody does any more, it must not end the process.
        result.catch(() => undefined)
        running.push({ span, result })
      }
      const first = running.shift()
      if (first === undefined) return
      const result = await first.result
      if (signal.aborted) throw new AppError('cancelled')
      onProgress(first.span.to - first.span.from)
      if (take(result, first.span) === 'enough') return
    }
  } finally {
    await Promise.allSettled(running.map(({ result }) => result))
  }
}

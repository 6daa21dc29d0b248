import { type Layout, untouched } from './layout.ts'

const keyOf = (fileKind: string): string => `look-inside ${fileKind}`

/** How the columns of this kind of file were arranged last. What cannot be read is as if nothing had been arranged. */
export function remembered(fileKind: string, storage: Pick<Storage, 'getItem'>): Layout {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(fileKind)) ?? 'null')
    return isLayout(kept) ? kept : untouched
  } catch {
    return untouched
  }
}

/** Kept by the window alone: which columns somebody likes to see is nothing that main decides by. */
export function remember(fileKind: string, layout: Layout, storage: Pick<Storage, 'setItem'>): void {
  try {
    storage.setItem(keyOf(fileKind), JSON.stringify(layout))
  } catch {
    // A full storage loses an arrangement of columns, and nothing else.
  }
}

const isLayout = (value: unknown): value is Layout =>
  typeof value === 'object' &&
  value !== null &&
  'hidden' in value &&
  Array.isArray(value.hidden) &&
  value.hidden.every(one => typeof one === 'number') &&
  'widths' in value &&
  typeof value.widths === 'object' &&
  value.widths !== null &&
  Object.values(value.widths).every(one => typeof one === 'number')

import { describe, expect, it } from 'vitest'
import { moved, within } from '../../../renderer/features/look-inside/cursor.ts'
import { keyAct } from '../../../renderer/features/look-inside/keys.ts'

const held = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const bounds = { rows: 5_000_000, columns: 400, page: 20 }
const at = { row: 1000, column: 7 }

describe('the keys of the table', () => {
  it.each([
    ['ArrowDown', 1001, 7],
    ['ArrowUp', 999, 7],
    ['ArrowRight', 1000, 8],
    ['ArrowLeft', 1000, 6],
    ['PageDown', 1020, 7],
    ['PageUp', 980, 7],
    ['Home', 1000, 0],
    ['End', 1000, 399],
  ])('%s goes to row %i and column %i', (key, row, column) => {
    expect(moved(at, { ...held, key }, bounds)).toEqual({ row, column })
  })

  it.each([
    ['Home', 0, 0],
    ['End', 4_999_999, 399],
    ['ArrowDown', 4_999_999, 7],
    ['ArrowUp', 0, 7],
    ['ArrowRight', 1000, 399],
    ['ArrowLeft', 1000, 0],
  ])('Ctrl and %s go to row %i and column %i', (key, row, column) => {
    expect(moved(at, { ...held, ctrlKey: true, key }, bounds)).toEqual({ row, column })
    expect(moved(at, { ...held, metaKey: true, key }, bounds)).toEqual({ row, column })
  })

  it('stay within the table', () => {
    expect(moved({ row: 0, column: 0 }, { ...held, key: 'ArrowUp' }, bounds)).toEqual({ row: 0, column: 0 })
    expect(moved({ row: 4_999_990, column: 0 }, { ...held, key: 'PageDown' }, bounds)?.row).toBe(4_999_999)
    expect(within({ row: 9, column: 9 }, { rows: 3, columns: 2, page: 1 })).toEqual({ row: 2, column: 1 })
    expect(within({ row: 9, column: 9 }, { rows: 0, columns: 0, page: 1 })).toEqual({ row: 0, column: 0 })
  })

  it('leave to others what is not theirs', () => {
    expect(moved(at, { ...held, key: 'a' }, bounds)).toBeNull()
    expect(moved(at, { ...held, altKey: true, key: 'ArrowLeft' }, bounds)).toBeNull()
    expect(moved(at, { ...held, shiftKey: true, key: 'ArrowLeft' }, bounds)).toBeNull()
  })

  it('ask, copy and filter from the table alone, and find from anywhere', () => {
    expect(keyAct({ ...held, ctrlKey: true, key: 'f' }, 'page')).toBe('find')
    expect(keyAct({ ...held, metaKey: true, key: 'g' }, 'page')).toBe('go-to')
    expect(keyAct({ ...held, key: 'F3' }, 'page')).toBe('next')
    expect(keyAct({ ...held, shiftKey: true, key: 'F3' }, 'page')).toBe('previous')
    expect(keyAct({ ...held, ctrlKey: true, key: 'c' }, 'grid')).toBe('copy-cell')
    expect(keyAct({ ...held, ctrlKey: true, shiftKey: true, key: 'C' }, 'grid')).toBe('copy-row')
    expect(keyAct({ ...held, ctrlKey: true, key: 'Enter' }, 'grid')).toBe('keep')
    expect(keyAct({ ...held, shiftKey: true, key: 'F10' }, 'grid')).toBe('menu')
    expect(keyAct({ ...held, ctrlKey: true, key: 'c' }, 'page')).toBeNull()
    expect(keyAct({ ...held, key: 'Enter' }, 'page')).toBeNull()
  })
})

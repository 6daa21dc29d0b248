import { expect, test } from 'vitest'
import { rowNamed } from '../../../renderer/ui/row-keys.ts'

const names = ['AMEX Remittance', 'Asian Extract', 'Card Transactions', 'Cash Advances', 'Übersicht']

test('letters go to the row that begins so, from where the focus is', () => {
  expect(rowNamed(names, 0, 'ca')).toBe(2)
  expect(rowNamed(names, 2, 'cas')).toBe(3)
  expect(rowNamed(names, 3, 'CA')).toBe(3)
  expect(rowNamed(names, 4, 'ü')).toBe(4)
})

test('one letter again and again goes through all rows that begin with it, and round', () => {
  expect(rowNamed(names, 0, 'a')).toBe(1)
  expect(rowNamed(names, 1, 'a')).toBe(0)
  expect(rowNamed(names, 2, 'cc')).toBe(3)
})

test('what no row begins with goes nowhere', () => {
  expect(rowNamed(names, 0, 'zz')).toBe(-1)
  expect(rowNamed([], 0, 'a')).toBe(-1)
})

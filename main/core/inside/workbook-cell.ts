/** A sheet's limits (Microsoft, "Excel specifications and limits"). */
export const sheetLimits = { rows: 1_048_576, columns: 16_384, characters: 32_767 } as const

/** As Excel writes a number itself: no sign but a minus, no zeros in front. */
const plain = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
/** Of a number Excel keeps so many digits and makes zeros of the rest. */
const keptDigits = 15

/**
 * A cell of the safe copy: a number only where Excel shows and keeps the very value that stands in the file, else its
 * text, typed as text. So leading zeros, long ids and dates stay what they are, and what begins with `=`, `+`, `-` or `@`
 * is never a formula. In a column that its layout calls money, a plus in front is a sign and the amount a number.
 * Null: an empty cell.
 */
export function workbookCell(value: string, money: boolean): string | number | null {
  if (value === '') return null
  const text = money && value.startsWith('+') ? value.slice(1) : value
  const digits = text.replace(/[-.]/g, '').replace(/^0+/, '')
  if (plain.test(text) && digits.length <= keptDigits && !/^-0(?:\.0*)?$/.test(text)) return Number(text)
  return value.slice(0, sheetLimits.characters)
}

const decimal = /^([+-]?)(\d+)(\.\d+)?$/

/** Thousands marks on an exact decimal; no digit is added, dropped or rounded, as this is what is compared. */
export function grouped(amount: string): string {
  const [, sign = '', whole = '', fraction = ''] = decimal.exec(amount) ?? []
  if (whole === '') return amount
  return `${sign === '-' ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`
}

/** A cell on one line: what would break it is drawn. */
export const onOneLine = (text: string): string => text.replace(/\r\n|\r|\n/g, ' ↵ ').replace(/\t/g, ' ⇥ ')

/** Cells for the clipboard, as a table program reads them: one row, with tabs between. */
export const asClipboardRow = (cells: readonly (string | null)[]): string =>
  cells
    .map(cell => (cell !== null && /[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : (cell ?? '')))
    .join('\t')

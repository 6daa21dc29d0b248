/** Look inside: a delivered file as a table. */
import type { InsideDialect, InsideView } from '../../inside.ts'
import { counted, number, rows as rowsText } from './figures.ts'

export const opening = 'Opening the file…'
export const otherFiles = 'Other files of this receipt'
export const backTo = 'Back'
export const again = 'Open again'
export const columnNumber = (n: number): string => `Column ${number(n)}`
const columnsText = (n: number): string => counted(n, { one: 'column', other: 'columns' })

/** How the file is read, in words: all of it was recognised, nothing was asked. */
const separated: Readonly<Record<NonNullable<InsideDialect['delimiter']>, string>> = {
  '|': 'separated by |',
  ',': 'separated by commas',
  ';': 'separated by semicolons',
  '\t': 'separated by tabs',
}
const encodings: Readonly<Record<InsideDialect['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows-1252',
}
const lineEnds: Readonly<Record<InsideDialect['lineEnd'], string>> = {
  lf: 'lines end in LF',
  crlf: 'lines end in CR LF',
  cr: 'lines end in CR',
}
export const dialect = ({ delimiter, encoding, byteOrderMark, lineEnd }: InsideDialect): string =>
  [
    delimiter === null ? 'one column, every line a row' : separated[delimiter],
    byteOrderMark ? `${encodings[encoding]} with a byte order mark` : encodings[encoding],
    lineEnds[lineEnd],
  ].join(', ')
export const recognised = (how: string): string => `${how} (as recognised)`
export const layouts: Readonly<Record<InsideView['layout'], (columns: number) => string>> = {
  concur: n => `Concur accounting extract, ${columnsText(n)}`,
  titles: n => `${columnsText(n)}, named by the first row`,
  none: n => `${columnsText(n)} without names`,
}
export const where: Readonly<Record<InsideView['where'], string | null>> = {
  there: null,
  moved: 'moved since, found below its folder',
  archive: 'read out of the kept archive',
}
export const changed =
  'This file has another size than was delivered: it was changed since. What you see is the file as it is now. Verify in its receipt compares it byte by byte.'
export const noRows = 'This file has no rows'
export const noRowsWhat = 'It can be read, and there is nothing in it but its first line.'

export const control = {
  title: 'Control totals',
  header: (rows: string, total: string): string => `header ${rows} / ${total}`,
  rows: (rows: string, total: string): string => `rows ${rows} / ${total}`,
  rowsAlone: (rows: string): string => `rows ${rows}`,
  counting: 'rows are being counted',
  match: 'they match',
  differ: 'they differ',
  unread: (n: number): string =>
    `${counted(n, { one: 'row has', other: 'rows have' })} an amount that is no number`,
} as const

export const tools = {
  find: 'Find',
  goTo: 'Go to row…',
  columns: (shown: number, all: number): string =>
    shown === all ? `${columnsText(all)}…` : `${number(shown)} of ${columnsText(all)}…`,
  show: 'Show bank and card data…',
  mask: 'Mask bank and card data',
  copy: 'Safe copy for Excel…',
} as const

export const grid = {
  label: (name: string): string => `Rows of ${name}`,
  row: 'Row',
  maskedColumn: (n: number): string => `${number(n)} · masked`,
  loading: 'loading',
  nothingLeft: 'No row is left',
  nothingLeftWhat: 'No row of this file meets all the conditions above.',
  clearFilters: 'Show all rows',
} as const

export const menu = {
  label: 'What to do with this cell',
  keep: (value: string): string => `Only rows with “${value}”`,
  keepEmpty: 'Only rows where this is empty',
  keepFilled: 'Only rows where this is filled',
  values: 'Filter by a value…',
  whole: 'Whole cell…',
  copyCell: 'Copy cell',
  copyRow: 'Copy row',
  hide: 'Hide this column',
  copiedCell: 'Cell copied',
  copiedRow: (n: number): string => `Row ${number(n)} copied`,
} as const

export const filter = {
  label: 'Conditions',
  remove: (condition: string): string => `Remove: ${condition}`,
  equal: (column: string, text: string): string => `${column} is “${text}”`,
  containing: (column: string, text: string): string => `${column} contains “${text}”`,
  empty: (column: string): string => `${column} is empty`,
  filled: (column: string): string => `${column} is filled`,
  working: 'Filtering',
  left: (n: number, all: number): string => `${number(n)} of ${rowsText(all)} left`,
} as const

export const values = {
  title: (column: string): string => `Filter by ${column}`,
  field: 'Value, or a part of it',
  what: 'Enter leaves the rows that contain it. Or choose a value.',
  list: 'Values',
  reading: 'Reading the values',
  rows: rowsText,
  tooMany: 'More than 10,000 different values: type what you look for.',
  some: (shown: number, all: number): string =>
    `The ${number(shown)} most frequent of ${number(all)} values.`,
  none: 'None of the values shown contains this.',
  contains: 'Only rows that contain it',
  empty: '(empty)',
} as const

export const find = {
  label: 'Find',
  field: 'Find in the file',
  where: 'Where',
  everywhere: 'In all columns',
  inColumn: (column: string): string => `In ${column}`,
  next: 'Next',
  previous: 'Previous',
  close: 'Close find',
  working: 'Searching',
  found: (row: number, column: string): string => `Row ${number(row)}, ${column}`,
  noneBelow: 'No more below. Next goes on from the first row.',
  noneAbove: 'No more above. Previous goes on from the last row.',
  nowhere: 'Not in the file',
  nowhereLeft: 'Not in the rows that are left',
} as const

export const goTo = {
  title: 'Go to row',
  field: (rows: number): string => `Row, 1 to ${number(rows)}`,
  filtered: 'Rows are filtered: counted are those that are left.',
  go: 'Go',
  wrong: (rows: number): string => `A number from 1 to ${number(rows)}`,
} as const

export const columns = {
  title: 'Columns',
  search: 'Find a column by name or number',
  list: 'Columns shown',
  all: 'All columns',
  filled: 'Only filled columns',
  reading: 'Looking which columns are filled',
  found: (n: number): string => `${columnsText(n)} found`,
  shown: (n: number, all: number): string => `${number(n)} of ${columnsText(all)} shown`,
  none: 'No column is called so.',
  remembered: 'Remembered for files of this kind.',
  done: 'Done',
} as const

export const whole = {
  title: (column: string): string => column,
  about: (row: number, characters: number): string =>
    `Row ${number(row)} · ${counted(characters, { one: 'character', other: 'characters' })}`,
  copy: 'Copy',
  copied: 'Copied',
  empty: 'This cell is empty.',
  close: 'Close',
} as const

export const show = {
  title: 'Show bank and card data?',
  what: (n: number): string =>
    `${counted(n, { one: 'column holds', other: 'columns hold' })} bank or card data. Their values are shown as they are until you leave this file; then they are masked again.`,
  copies: 'What you copy or save from here meanwhile holds them too.',
  confirm: 'Show them',
  keep: 'Keep masked',
  shown: 'Bank and card data are shown until you leave this file.',
} as const

export const foot = {
  label: 'Selected column',
  rows: rowsText,
  counting: 'Counting rows',
  promised: (n: number): string => `${rowsText(n)}, as the first line says`,
  count: 'Filled',
  sum: 'Sum',
  average: 'Average',
  adding: 'Adding up',
  notNumbers: (n: number): string => `${number(n)} not a number`,
  noNumbers: 'no numbers',
  masked: 'masked: not added up',
  said: (column: string, sum: string): string => `Sum of ${column}: ${sum}`,
} as const

export const copy = {
  title: 'Safe copy for Excel',
  what: 'A workbook (.xlsx) of its own. The delivered file is only read.',
  rows: (n: number): string => rowsText(n),
  filteredRows: (n: number, all: number): string => `${number(n)} of ${rowsText(all)}: those that are left`,
  columnsOf: 'Columns',
  allColumns: (n: number): string => (n === 1 ? 'The one column' : `All ${number(n)} columns`),
  shownColumns: (n: number): string => `The ${number(n)} shown`,
  rowsOf: 'Rows',
  values: 'Values',
  valuesAre: 'As in the file: leading zeros, long ids and what looks like a formula stay as they are.',
  sheets: 'Sheets',
  oneSheet: 'One',
  manySheets: 'Several: a sheet of Excel holds 1,048,576 rows, the others go to further sheets.',
  sensitive: 'Bank and card data',
  masked: 'Masked, as they are here',
  shown: 'Not masked: they are shown at present',
  save: 'Save copy…',
  working: 'Writing the copy',
  rowsDone: (n: number, all: number): string => `about ${number(n)} of ${rowsText(all)}`,
  cancel: 'Cancel',
  close: 'Close',
  saved: (rows: number, sheets: number): string =>
    `${rowsText(rows)} saved on ${counted(sheets, { one: 'sheet', other: 'sheets' })}.`,
  columnsLeftOut: (n: number): string =>
    `${counted(n, { one: 'column was', other: 'columns were' })} left out: a sheet of Excel holds 16,384.`,
  cellsCut: (n: number): string =>
    `${counted(n, { one: 'cell was', other: 'cells were' })} cut: a cell of Excel holds 32,767 characters.`,
  maskedColumns: (n: number): string =>
    `${counted(n, { one: 'column is', other: 'columns are' })} masked in it.`,
  showInFolder: 'Show in folder',
} as const

export const archive = {
  what: (n: number): string =>
    `An archive with ${counted(n, { one: 'file', other: 'files' })}. Choose the one to look into.`,
  list: 'Files in the archive',
  name: 'Name',
  size: 'Size',
  encrypted: 'encrypted: cannot be read',
  empty: 'This archive is empty',
  emptyWhat: 'There is no file in it to look into.',
  back: 'Files of the archive',
} as const

export const work = {
  unpack: 'Unpacking the archive',
  look: 'Looking for the file below its folder',
  cancel: 'Cancel',
} as const

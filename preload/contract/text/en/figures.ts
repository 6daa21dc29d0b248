/**
 * Figures inside sentences. One language has one way to write them, whatever the computer's region says: a German
 * "1.204" within an English sentence could be read as one and a bit, and these are accounts.
 */
const plural = new Intl.PluralRules('en')
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const oneDecimal = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** `48,211` */
export const number = (n: number): string => whole.format(n)

/** `1 file`, `3 files`: the figure with the form of the word that belongs to it. */
export function counted(n: number, forms: { readonly one: string; readonly other: string }): string {
  return `${number(n)} ${plural.select(n) === 'one' ? forms.one : forms.other}`
}

export const files = (n: number): string => counted(n, { one: 'file', other: 'files' })
export const rows = (n: number): string => counted(n, { one: 'row', other: 'rows' })
export const hours = (n: number): string => counted(n, { one: 'hour', other: 'hours' })
export const days = (n: number): string => counted(n, { one: 'day', other: 'days' })

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const

/** `812 bytes`, `46.0 MB`, `1,024 MB`: decimal units as the system's file manager shows them, one decimal below 100. */
export function size(bytes: number): string {
  if (bytes < 1000) return counted(bytes, { one: 'byte', other: 'bytes' })
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value < 99.95 ? oneDecimal.format(value) : number(value)} ${units[unit] ?? ''}`
}

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?$/

/**
 * An amount with thousands marks: `1204331.0700` → `1,204,331.07`. Works on the digits themselves, since no float
 * holds the 23 characters an extract may carry. Zeros beyond the second decimal are dropped, other digits never;
 * whole amounts get `.00`. Text that is no amount is shown as it came.
 */
export function amount(text: string): string {
  const match = decimal.exec(text)
  const [, sign = '', whole = '', fraction = ''] = match ?? []
  if (!match || whole.length + fraction.length === 0) return text
  const digits = whole.replace(/^0+(?=\d)/, '') || '0'
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',')
  const decimals = fraction.replace(/0+$/, '').padEnd(2, '0')
  return `${sign === '-' ? '-' : ''}${grouped}.${decimals}`
}

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?$/

/**
 * An amount with thousands marks: `1204331.0700` → `1,204,331.07`. Works on the digits themselves, since no float
 * holds the 23 characters an extract may carry. Zeros beyond the second decimal are dropped, other digits never;
 * whole amounts get `.00`. Text that is no amount is shown as it came.
 */
export function moneyText(amount: string): string {
  const match = pattern.exec(amount)
  const [, sign = '', whole = '', fraction = ''] = match ?? []
  if (!match || whole.length + fraction.length === 0) return amount
  const digits = whole.replace(/^0+(?=\d)/, '') || '0'
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',')
  const decimals = fraction.replace(/0+$/, '').padEnd(2, '0')
  return `${sign === '-' ? '-' : ''}${grouped}.${decimals}`
}

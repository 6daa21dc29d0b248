/**
 * Exact decimals. An amount in an extract has up to 23 characters and 8 decimals, which no float holds;
 * so it is an integer of units and a scale: 12.340 = { units: 12340n, scale: 3 }.
 */
export type Money = { readonly units: bigint; readonly scale: number }

export const zeroMoney: Money = { units: 0n, scale: 0 }

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?$/

/** Reads `123`, `-1.50`, `+550.0000`, `.5`; null for anything else (no thousands marks, no exponent, no blanks). */
export function parseMoney(text: string): Money | null {
  const match = pattern.exec(text)
  const [, sign = '', whole = '', fraction = ''] = match ?? []
  if (!match || whole.length + fraction.length === 0) return null
  const units = BigInt(whole + fraction)
  return { units: sign === '-' ? -units : units, scale: fraction.length }
}

const scaled = (money: Money, scale: number): bigint => money.units * 10n ** BigInt(scale - money.scale)

export function addMoney(a: Money, b: Money): Money {
  const scale = Math.max(a.scale, b.scale)
  return { units: scaled(a, scale) + scaled(b, scale), scale }
}

/** Equal in value: 1.5 equals 1.5000. */
export function sameMoney(a: Money, b: Money): boolean {
  const scale = Math.max(a.scale, b.scale)
  return scaled(a, scale) === scaled(b, scale)
}

/** All decimals it was read with: `-1.50`. */
export function moneyText(money: Money): string {
  const digits = (money.units < 0n ? -money.units : money.units).toString().padStart(money.scale + 1, '0')
  const whole = digits.slice(0, digits.length - money.scale)
  const fraction = money.scale > 0 ? `.${digits.slice(-money.scale)}` : ''
  return `${money.units < 0n ? '-' : ''}${whole}${fraction}`
}

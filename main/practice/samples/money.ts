/** An amount in ten-thousandths of its currency, the extract's own four decimals. Never a float. */
export type Units = bigint

export const UNIT = 10_000n

/** `1234.5000`, with a leading minus below zero. */
export function plain(units: Units): string {
  const digits = String(units < 0n ? -units : units).padStart(5, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`
}

/** As the journal column writes it: `+550.0000`, `-12.3400`. */
export const signed = (units: Units): string => (units < 0n ? plain(units) : `+${plain(units)}`)

/** `units` times a rate given in hundred-millionths, rounded half up. For amounts above zero. */
export const converted = (units: Units, rate: bigint): Units => (units * rate + 50_000_000n) / 100_000_000n

/** A rate of hundred-millionths as text, `1.08350000`. */
export function rateText(rate: bigint): string {
  const digits = String(rate).padStart(9, '0')
  return `${digits.slice(0, -8)}.${digits.slice(-8)}`
}

import { closeSync, openSync, writeSync } from 'node:fs'
import { randomFrom } from '../../../main/practice/random.ts'

const columns = 400
/** So many different rows, again and again: the sum is then known without adding up a million. */
const different = 5000
/** One row in so many has a quoted description with the delimiter in it, before the amount. */
const quotedEvery = 50

export type Material = {
  readonly rows: number
  readonly bytes: number
  /** Of the column 169, in units of four decimals, added up as it was written. */
  readonly sum: bigint
}

/** An accounting extract of about so many bytes, the same each time. */
export function writeExtract(path: string, about: number): Material {
  const random = randomFrom('inside')
  const words = [
    'USD',
    'EUR',
    'Travel expenses',
    '2026-11-01',
    '000123',
    '12.3400',
    'Y',
    'N',
    'Frankfurt am Main',
  ] as const
  let sum = 0n
  const rows = Array.from({ length: different }, (_, n) => {
    const units = random.int(-99_999_999, 99_999_999)
    sum += BigInt(units)
    const cells = Array.from({ length: columns }, (_cell, at): string =>
      at > 20 && random.next() < 0.23 ? random.pick(words) : '',
    )
    cells[0] = 'DETAIL'
    cells[3] = String(n + 1)
    cells[4] = random.text('0123456789', 8)
    cells[18] = random.text('0123456789ABCDEF', 20)
    if (n % quotedEvery === 0) cells[68] = '"Taxi | airport ""T1"""'
    cells[168] = decimal(units)
    return cells.join('|')
  })
  const block = Buffer.from(`${rows.join('\n')}\n`)
  const blocks = Math.max(1, Math.round(about / block.length))
  const file = openSync(path, 'w')
  try {
    const head = `EXTRACT|2026-11-14|${different * blocks}|${decimalOf(sum * BigInt(blocks))}|7\n`
    let bytes = writeSync(file, head)
    for (let n = 0; n < blocks; n += 1) bytes += writeSync(file, block)
    return { rows: different * blocks, bytes, sum: sum * BigInt(blocks) }
  } finally {
    closeSync(file)
  }
}

const decimal = (units: number): string => {
  const text = decimalOf(BigInt(units))
  return units < 0 ? text : `+${text}`
}

/** Units of four decimals as a decimal. */
export function decimalOf(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(5, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`
}

import { addMoney, type Money, moneyText, parseMoney, sameMoney, zeroMoney } from '../money.ts'
import type { ExtractHeader, JournalTotal } from './types.ts'

export type Journal = {
  /** An amount, as bytes of a text. */
  add(bytes: Uint8Array, start: number, end: number): void
  /** A row without the column. */
  addNone(): void
  /** Null: its rows have no such column, so it is one of the files beside an accounting extract. */
  result(header: ExtractHeader): JournalTotal | null
}

/** So many digits are a whole number that a float holds exactly, and so is a sum of some thousands of them. */
const safeDigits = 12
const largestSum = 2 ** 52

/**
 * Adds up the amounts of an extract, exactly. Nearly all of them have few digits: those are added as whole numbers,
 * apart by their decimals, which is ten times as fast as reading each into a Money.
 */
export function createJournal(): Journal {
  let total: Money = zeroMoney
  /** By the number of decimals, in units of the last of them. */
  const sums: number[] = []
  let unread = 0
  let accounting: boolean | null = null

  function flush(scale: number): void {
    total = addMoney(total, { units: BigInt(sums[scale] ?? 0), scale })
    sums[scale] = 0
  }

  /** Whether the amount was simple enough. */
  function addShort(bytes: Uint8Array, start: number, end: number): boolean {
    const sign = bytes[start]
    let at = sign === minus || sign === plus ? start + 1 : start
    let units = 0
    let digits = 0
    let pointAt = -1
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte >= zero && byte <= nine) {
        units = units * 10 + byte - zero
        digits += 1
      } else if (byte === point && pointAt < 0) pointAt = at
      else return false
    }
    if (digits === 0 || digits > safeDigits) return false
    const scale = pointAt < 0 ? 0 : end - pointAt - 1
    const sum = (sums[scale] ?? 0) + (sign === minus ? -units : units)
    sums[scale] = sum
    if (sum > largestSum || sum < -largestSum) flush(scale)
    return true
  }

  return {
    add(bytes, start, end) {
      accounting ??= true
      if (addShort(bytes, start, end)) return
      const amount = parseMoney(Buffer.from(bytes.subarray(start, end)).toString('latin1'))
      if (amount) total = addMoney(total, amount)
      else unread += 1
    },
    addNone() {
      accounting ??= false
      unread += 1
    },
    result(header) {
      if (accounting !== true) return null
      for (const scale of sums.keys()) if (sums[scale] !== undefined) flush(scale)
      const promised = parseMoney(header.total)
      return {
        total: moneyText(total),
        match: unread === 0 && promised !== null && sameMoney(total, promised),
        unread,
      }
    },
  }
}

const [plus, minus, point, zero, nine] = [0x2b, 0x2d, 0x2e, 0x30, 0x39]

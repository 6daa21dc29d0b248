import { type Random, randomFrom } from '../../../../main/practice/random.ts'

/** Rows of a file whose size was chosen: as many as fill it, and the file may be made again and again. */
export type Rows = {
  readonly count: number
  readonly bytes: number
  /** Pieces of about a megabyte, which end with a row. */
  pieces(): Generator<Buffer>
}

/** Rows are drawn from a pool, being counted anew; it is much larger than what deflate looks back on (32 KB). */
const poolRows = 20_000
const pieceBytes = 1_000_000
const letters = 'abcdefghijklmnopqrstuvwxyz'

const words = (random: Random, count: number): readonly [string, ...string[]] => [
  'reception',
  ...Array.from({ length: count }, () => random.text(letters, random.int(3, 10))),
]

type Vocabulary = {
  readonly common: readonly [string, ...string[]]
  readonly names: readonly [string, ...string[]]
}

const sentence = (random: Random, { common }: Vocabulary, length: number): string =>
  Array.from({ length }, () => random.pick(common)).join(' ')
const day = (random: Random): string => `2026-03-${random.int(10, 31)}`
const amountOf = (random: Random): string => (random.int(1, 500_000) / 100).toFixed(2)
const blanks = (count: number): string => '|'.repeat(count)

/**
 * A Concur accounting extract (SAE) as large as is wanted: its header line, and rows of 400 columns, most of them
 * empty, with the signed journal amount in column 169. Debit and credit alternate, so that the total is zero.
 */
export function accountingRows(seed: string, bytes: number): Rows {
  const random = randomFrom(seed)
  const vocabulary = { common: words(random, 2500), names: words(random, 900) }
  const pool: string[] = []
  while (pool.length < poolRows) {
    const amount = amountOf(random)
    pool.push(detail(random, vocabulary, amount, 'DR'), detail(random, vocabulary, `-${amount}`, 'CR'))
  }
  const header = (rows: number) => `EXTRACT|2026-03-31|${rows}|0.00|5013\n`
  return rowsOf({ header, start: 'DETAIL|5013|2026-03-31|', pool, bytes, multiple: 2 })
}

/** From the employee's id on: what stands before it counts the rows. */
function detail(random: Random, vocabulary: Vocabulary, amount: string, sign: 'DR' | 'CR'): string {
  const { names, common } = vocabulary
  const person = `E${random.int(100_000, 105_000)}|${random.pick(names)}|${random.pick(names)}|X`
  const report = `${random.text('0123456789ABCDEF', 20)}|${random.int(1e8, 1e9)}`
  const purpose = sentence(random, vocabulary, 8)
  const vendor = random.pick(common)
  return [
    `|${person}|Policy|ACME|CC${random.int(100, 500)}${blanks(8)}${report}|LEDGER|EUR|GERMANY|${day(random)}||2026-03-30`,
    `|${purpose}|Y|N|N|${amount}|${amount}${blanks(30)}${random.int(1e9, 2e9)}|REG|${random.pick(names)}|${day(random)}`,
    `|${vendor}${blanks(93)}EUR|1|M|${amount}${blanks(4)}Company|${random.int(400_000, 400_900)}|${sign}|${amount}`,
    `${blanks(231)}\n`,
  ].join('')
}

/** A comma-separated file with a line of titles, and a quoted cell in every fortieth row. */
export function commaRows(seed: string, bytes: number): Rows {
  const random = randomFrom(seed)
  const vocabulary = { common: words(random, 2500), names: words(random, 900) }
  const pool = Array.from({ length: poolRows }, (_, index) => {
    const purpose = sentence(random, vocabulary, 6)
    return [
      `,${random.pick(vocabulary.names)}`,
      random.pick(vocabulary.names),
      random.text('0123456789ABCDEF', 20),
      day(random),
      index % 40 === 0 ? `"${purpose}, and ""more"""` : purpose,
      amountOf(random),
      'EUR',
      random.int(400_000, 400_900),
      `${random.text('0123456789ABCDEF', 8)}\n`,
    ].join(',')
  })
  const header = () => 'Number,Last Name,First Name,Report ID,Date,Purpose,Amount,Currency,Account,Key\n'
  return rowsOf({ header, start: '', pool, bytes, multiple: 1 })
}

type Recipe = {
  readonly header: (rows: number) => string
  /** Stands before the row's number. */
  readonly start: string
  readonly pool: readonly string[]
  readonly bytes: number
  readonly multiple: number
}

function rowsOf({ header, start, pool, bytes: wanted, multiple }: Recipe): Rows {
  const row = (number: number) => `${start}${number + 1}${pool[number % pool.length]}`
  let count = 0
  let bytes = 0
  while (bytes < wanted || count % multiple !== 0) {
    bytes += row(count).length
    count += 1
  }
  return {
    count,
    bytes: bytes + header(count).length,
    *pieces() {
      let text = header(count)
      for (let number = 0; number < count; number += 1) {
        text += row(number)
        if (text.length < pieceBytes) continue
        yield Buffer.from(text, 'latin1')
        text = ''
      }
      if (text !== '') yield Buffer.from(text, 'latin1')
    },
  }
}

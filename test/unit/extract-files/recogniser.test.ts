import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRecogniser } from '../../../main/core/extract-files/recogniser.ts'
import type { FileContents } from '../../../main/core/extract-files/types.ts'
import { addMoney, type Money, moneyText, zeroMoney } from '../../../main/core/money.ts'

function contentsOf(file: string | Uint8Array, pieces: readonly number[] = []): FileContents {
  const bytes = typeof file === 'string' ? Buffer.from(file, 'latin1') : Buffer.from(file)
  const recogniser = createRecogniser()
  const cuts = [
    0,
    ...[...pieces].map(piece => piece % (bytes.length + 1)).sort((a, b) => a - b),
    bytes.length,
  ]
  for (const [index, cut] of cuts.slice(1).entries()) recogniser.push(bytes.subarray(cuts[index], cut))
  return recogniser.end()
}

/** One row of an accounting extract: 400 columns, the amount in column 169. */
const detail = (amount: string, description = 'taxi', currency = ''): string => {
  const cells = new Array<string>(400).fill('')
  cells[0] = 'DETAIL'
  cells[21] = currency
  cells[68] = description
  cells[168] = amount
  return `${cells.join('|')}\n`
}

describe('an accounting extract', () => {
  it('balances where rows and amounts are what its header line says', () => {
    const file = `EXTRACT|2016-12-09|3|16.7700|7\n${detail('+550.0000')}${detail('-533.25')}${detail('.02')}`
    expect(contentsOf(file)).toEqual({
      rows: 3,
      empty: false,
      pipes: true,
      header: { date: '2016-12-09', rows: 3, total: '16.7700', batch: '7' },
      journal: { total: '16.7700', match: true, unread: 0 },
      columns: { count: 400, names: null },
    })
  })

  it('adds up each currency by itself, wherever the rows of it stand', () => {
    const rows = [
      detail('1.10', 'taxi', 'USD'),
      detail('2', 'taxi', 'EUR'),
      detail('3', '"a | b"', 'USD'),
      detail('-1', 'x', ''),
    ]
    const file = `EXTRACT|2016-12-09|4|5.10|7\n${rows.join('')}`
    expect(contentsOf(file).journal).toEqual({
      total: '5.10',
      match: true,
      unread: 0,
      currencies: [
        { currency: '', total: '-1' },
        { currency: 'EUR', total: '2' },
        { currency: 'USD', total: '4.10' },
      ],
    })
  })

  it('adds up the same by currency as altogether, however the bytes arrive', () => {
    const one = fc.record({
      cents: fc.integer({ min: -1e9, max: 1e9 }),
      currency: fc.constantFrom('USD', 'EUR', 'JPY'),
    })
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (all, pieces) => {
          const text = (cents: number) => moneyText({ units: BigInt(cents), scale: 2 })
          const rows = all.map(({ cents, currency }) => detail(text(cents), 'taxi', currency)).join('')
          const found = contentsOf(`EXTRACT|2016-12-09|${all.length}|0|7\n${rows}`, pieces).journal
            ?.currencies
          const wanted = [...new Set(all.map(({ currency }) => currency))].sort().map(currency => ({
            currency,
            total: text(all.reduce((sum, row) => sum + (row.currency === currency ? row.cents : 0), 0)),
          }))
          expect(found).toEqual(wanted)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('adds up what no float holds', () => {
    const file = `EXTRACT|2016-12-09|2|0.30000001|7\n${detail('0.1')}${detail('0.20000001')}`
    expect(contentsOf(file).journal).toEqual({ total: '0.30000001', match: true, unread: 0 })
  })

  it('adds up amounts of any number of digits and decimals, and many of them', () => {
    const amounts = ['999999999999', '-0.01', '1234567890123456789.12345678', '999999999999', '7.', '+.5']
    const rows = amounts.map(amount => detail(amount)).join('')
    const many = 10_000
    const promised = 1234567890123456789n * BigInt(many) + 1_999_999_999_998n * BigInt(many)
    const file = `EXTRACT|2016-12-09|${many * amounts.length}|${promised + 76_134n}.56780000|7\n${rows.repeat(many)}`
    expect(contentsOf(file).journal).toEqual({
      total: `${promised + 76_134n}.56780000`,
      match: true,
      unread: 0,
    })
  })

  it.each(['1.2.3', '--1', '.', '-', '', '1e3', ' 1'])('does not read %j as an amount', amount => {
    const file = `EXTRACT|2016-12-09|2|1|7\n${detail('1')}${detail(amount)}`
    expect(contentsOf(file).journal).toEqual({ total: '1', match: false, unread: 1 })
  })

  it('finds the column wherever a row begins in memory', () => {
    const file = `EXTRACT|2016-12-09|40|40|7\n${Array.from({ length: 40 }, (_, n) => detail('1', 'x'.repeat(n))).join('')}`
    const bytes = Buffer.from(file, 'latin1')
    for (const shift of [0, 1, 2, 3]) {
      const shifted = Buffer.alloc(bytes.length + 8).subarray(shift, shift + bytes.length)
      bytes.copy(shifted)
      const recogniser = createRecogniser()
      recogniser.push(shifted)
      expect(recogniser.end()).toMatchObject({ rows: 40, journal: { total: '40', match: true } })
    }
  })

  it('reads the column behind quoted cells, with delimiters, quotes and line ends in them', () => {
    const file = `EXTRACT|2016-12-09|2|3|7\n${detail('1', '"a | ""b""\nc"')}${detail('2')}`
    expect(contentsOf(file)).toMatchObject({ rows: 2, journal: { total: '3', match: true } })
  })

  it('does not lose the rows below a quote that is never closed', () => {
    const file = `EXTRACT|2016-12-09|3|6|7\n${detail('1')}${detail('2', '"stray')}${detail('3')}`
    expect(contentsOf(file)).toMatchObject({ rows: 3, journal: { match: false, unread: 1 } })
  })

  it('says which amounts it could not read', () => {
    const file = `EXTRACT|2016-12-09|2|1|7\n${detail('1')}${detail('1,000')}`
    expect(contentsOf(file).journal).toEqual({ total: '1', match: false, unread: 1 })
  })

  it.each(['\u00a416.50', '\u00c2\u00a416.50', '"16.50"'])('reads a total written as %s', total => {
    const file = `EXTRACT|2016-12-09|1|${total}|7\n${detail('16.5')}`
    expect(contentsOf(file)).toMatchObject({ header: { total: '16.50' }, journal: { match: true } })
  })

  it('is empty where it is its header line alone', () => {
    for (const end of ['', '\n', '\r\n']) {
      expect(contentsOf(`EXTRACT|2016-12-09|0|0|7${end}`)).toMatchObject({
        rows: 0,
        empty: true,
        journal: null,
      })
    }
  })

  it('has no journal where its rows have no such column: a file beside the extract', () => {
    const file = 'EXTRACT|2016-12-09|2|10|7\nDETAIL|a|5\nDETAIL|b|5\n'
    expect(contentsOf(file)).toMatchObject({ rows: 2, header: { rows: 2 }, journal: null })
  })

  it('adds up any amounts exactly, however the bytes arrive', () => {
    const amount = fc.record({ units: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), scale: fc.nat(8) })
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (amounts: readonly Money[], pieces) => {
          const sum = amounts.reduce(addMoney, zeroMoney)
          const rows = amounts.map(one => detail(moneyText(one))).join('')
          const found = contentsOf(
            `EXTRACT|2016-12-09|${amounts.length}|${moneyText(sum)}|7\n${rows}`,
            pieces,
          )
          expect(found.rows).toBe(amounts.length)
          expect(found.journal).toMatchObject({ match: true, unread: 0 })
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('any other text', () => {
  it.each([
    ['', 0, true],
    ['\n\n', 0, true],
    ['Name;Amount\r\n', 0, true],
    ['Transaction Date,Amount,Currency\r\n2026-01-01,5,EUR\r\n', 1, false],
    ['Key,Purpose\n1,"two\nlines"\n2,one\n', 2, false],
    ['4711|0815|EUR\n', 1, false],
    ['just a note\n', 1, false],
    ['a,b\nc,d', 1, false],
    ['E001,Jones,17.50\nE002,Smith,3', 2, false],
    ['a note\nwith "quotes\nand lines', 3, false],
  ])('%j has %i rows; empty: %s', (file, rows, empty) => {
    expect(contentsOf(file)).toMatchObject({ rows, empty })
  })

  it.each([
    ['Name;Amount\r\nx;1\r\n', { count: 2, names: ['Name', 'Amount'] }],
    ['"Name, full",Stra\u00c3\u009fe\nx,y\n', { count: 2, names: ['Name, full', 'Straße'] }],
    ['Name;Stra\u00dfe\nx;y\n', { count: 2, names: ['Name', 'Straße'] }],
    ['E001,Jones,17.50\nE002,"Smith, J",3', { count: 3, names: null }],
    ['E001,"two\nlines",17.50\n', { count: 3, names: null }],
    ['EXTRACT|d|1|1|7\nDETAIL|a|5\n', { count: 3, names: null }],
    ['EXTRACT|d|0|0|7\n', null],
    ['just a note\n', null],
    ['', null],
  ])('%j has these columns', (file, columns) => {
    expect(contentsOf(file).columns).toEqual(columns)
  })

  it('sees through a byte order mark', () => {
    expect(contentsOf('\u00ef\u00bb\u00bfName;Amount\r\n')).toMatchObject({ rows: 0, empty: true })
    expect(contentsOf('\u00ef\u00bb\u00bfEXTRACT|d|0|0|7\n')).toMatchObject({ rows: 0, header: { rows: 0 } })
  })

  it('counts no rows of what is no text that it can read', () => {
    expect(contentsOf(new Uint8Array([1, 0, 2]))).toMatchObject({ rows: null, empty: false })
    expect(contentsOf(Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'))).toMatchObject({ rows: null, empty: false })
    expect(contentsOf('%PDF-1.4\n1 0 obj\nendobj\n')).toMatchObject({ rows: null, empty: false })
  })

  it('counts the records of any table, however the bytes arrive', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '7', ' ') })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(table, fc.array(fc.nat(), { maxLength: 8 }), (rows, pieces) => {
        const file = `first,${'1'}\n${rows.map(row => row.map(quoted).join(',')).join('\r\n')}`
        expect(contentsOf(file, pieces).rows).toBe(rows.length + 1)
      }),
    )
  })
})

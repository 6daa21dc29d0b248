import { randomFrom } from '../random.ts'
import { headerLine } from './accounting-extract.ts'
import { type Batch, type Report, reportsOf } from './journal.ts'
import { plain, type Units } from './money.ts'
import { chunks, daysBefore, gathered, row, sampleDay } from './sample.ts'

/** A row of a pipe-delimited file, with the amount that its header line adds up. */
type Detail = { cells: readonly string[]; amount: Units }

/** A pipe-delimited file beside the accounting extract: header line, then DETAIL lines, LF ends. */
async function* pipeFile(
  batch: Batch,
  details: () => Iterable<Detail>,
  encoding: 'utf8' | 'latin1' = 'utf8',
): AsyncGenerator<Buffer> {
  const sum = await gathered(details(), { records: 0, total: 0n }, (so, one) => ({
    records: so.records + 1,
    total: so.total + one.amount,
  }))
  yield Buffer.from(headerLine(batch, sum.records, sum.total), encoding)
  yield* chunks(pipeLines(details()), encoding)
}

function* pipeLines(details: Iterable<Detail>): Generator<string> {
  for (const { cells } of details) yield row(['DETAIL', ...cells], '|', '\n')
}

function* fromReports(batch: Batch, make: (report: Report) => Iterable<Detail>): Generator<Detail> {
  for (const report of reportsOf(batch)) yield* make(report)
}

/** Who was at the meals: two guests an entry, the amount shared with the employee. */
export const attendeeDetail = (batch: Batch) =>
  pipeFile(batch, () =>
    fromReports(batch, function* (report) {
      for (const [position, entry] of report.entries.entries()) {
        if (!entry.type.attendees) continue
        const random = randomFrom(batch.seed, 'attendees', report.key, position)
        for (const kind of ['BUSGUEST', 'BUSGUEST', 'SYSEMP']) {
          const guest = kind === 'SYSEMP' ? report.employee : random.pick(batch.employees)
          const share = entry.posted / 3n
          const company = kind === 'SYSEMP' ? '' : random.pick(batch.locale.vendors)
          yield {
            cells: [report.id, report.key, kind, guest.last, guest.first, company, plain(share)],
            amount: share,
          }
        }
      }
    }),
  )

/** The travel requests that the reports belong to. */
export const travelRequests = (batch: Batch) =>
  pipeFile(batch, () =>
    fromReports(batch, function* (report) {
      if (report.request === null) return
      const amount = report.entries.reduce((total, entry) => total + entry.posted, 0n)
      const day = sampleDay(batch.number)
      const from = daysBefore(day, report.submitted + 10)
      const to = daysBefore(day, report.submitted + 1)
      const { id, name } = report.request
      yield {
        cells: [id, name, report.employee.id, report.id, from, to, batch.locale.currency, plain(amount)],
        amount,
      }
    }),
  )

/** Reclaimable tax by entry, in the encoding that older European systems expect: ISO 8859-1. */
export const taxDetail = (batch: Batch) =>
  pipeFile(
    batch,
    () =>
      fromReports(batch, function* (report) {
        const { tax, country } = batch.locale
        for (const entry of report.entries) {
          if (entry.tax === 0n) continue
          const name = `${report.employee.last}, ${report.employee.first}`
          const cells = [
            report.id,
            name,
            entry.type.name,
            country,
            tax.code,
            plain(entry.posted),
            plain(entry.tax),
          ]
          yield { cells, amount: entry.tax }
        }
      }),
    'latin1',
  )

/** What is paid to the card company: one line a report with card entries. */
export const cardRemittance = (batch: Batch) =>
  pipeFile(batch, () =>
    fromReports(batch, function* (report) {
      const amount = report.entries.reduce((total, entry) => (entry.card ? total + entry.posted : total), 0n)
      if (amount === 0n) return
      const { id, last, first } = report.employee
      const day = daysBefore(sampleDay(batch.number), 1)
      yield {
        cells: [id, last, first, '0000000000001111', report.id, day, batch.locale.currency, plain(amount)],
        amount,
      }
    }),
  )

const COMMA_END = '\r\n'

function* cardLines(batch: Batch): Generator<string> {
  yield row(
    [
      'Transaction Date',
      'Posted Date',
      'Employee ID',
      'Name',
      'Merchant',
      'City',
      'Country',
      'Amount',
      'Currency',
      'Card',
    ],
    ',',
    COMMA_END,
  )
  for (const report of reportsOf(batch)) {
    for (const [position, entry] of report.entries.entries()) {
      const random = randomFrom(batch.seed, 'card', batch.number, report.key, position)
      const day = sampleDay(batch.number)
      const ago = report.submitted + random.int(1, 9)
      const { id, last, first } = report.employee
      const { locale } = batch
      const currency = entry.foreign ? locale.foreign.currency : locale.currency
      yield row(
        [
          daysBefore(day, ago),
          daysBefore(day, ago - 1),
          id,
          `${last}, ${first}`,
          random.pick(locale.vendors),
          entry.foreign ? locale.foreign.city : random.pick(locale.places).city,
          entry.foreign ? locale.foreign.country : locale.country,
          plain(entry.transaction),
          currency,
          'XXXX-XXXX-XXXX-1111',
        ],
        ',',
        COMMA_END,
      )
    }
  }
}

/** A comma-separated file with a title row and CRLF ends, as card feeds are. */
export const cardFeed = (batch: Batch) => chunks(cardLines(batch))

function* advanceLines(batch: Batch): Generator<string> {
  yield row(['Cash Advance Key', 'Employee ID', 'Issued', 'Purpose', 'Amount', 'Currency'], ',', '\n')
  let key = batch.number * 100_000
  for (const report of reportsOf(batch)) {
    key += 1
    const random = randomFrom(batch.seed, 'advance', batch.number, report.key)
    const issued = daysBefore(sampleDay(batch.number), report.submitted)
    // A line break inside a cell: legal, and the end of every reader that splits at line ends.
    const purpose = key % 7 === 1 ? `${report.name}\nper diem, ${report.employee.first}` : report.name
    yield row(
      [
        String(key),
        report.employee.id,
        issued,
        purpose,
        `${random.int(2, 20) * 50}.0000`,
        batch.locale.currency,
      ],
      ',',
      '\n',
    )
  }
}

export const cashAdvanceList = (batch: Batch) => chunks(advanceLines(batch))

import { type Random, randomFrom, uuidFrom } from '../random.ts'
import {
  type Batch,
  batchId,
  type Entry,
  entriesOf,
  type Journal,
  type Report,
  reportsOf,
} from './journal.ts'
import { plain, rateText, signed, type Units } from './money.ts'
import { cell, chunks, dateText, daysBefore, gathered, sampleDay } from './sample.ts'

/** Columns of the Standard Accounting Extract, by their numbers in SAP's table (1 to 400). */
const COLUMNS = 400

type Totals = { records: number; total: Units }

function* amountsOf(batch: Batch): Generator<Totals> {
  for (let index = 0; index < batch.reports; index += 1) {
    const journal = entriesOf(batch, index).flatMap(entry => entry.journal)
    yield { records: journal.length, total: journal.reduce((sum, line) => sum + line.amount, 0n) }
  }
}

/** Line 1 of every extract file: `EXTRACT|date|record count|journal amount total|batch id`. */
export const headerLine = (batch: Batch, records: number, total: Units): string =>
  `EXTRACT|${dateText(sampleDay(batch.number))}|${records}|${plain(total)}|${batchId(batch)}\n`

/**
 * The file, header first: the amounts are made twice, once for the totals and once with their lines, so that a
 * file of any size is never held in memory. LF line ends, a final newline, UTF-8 without BOM.
 */
export async function* accountingExtract(batch: Batch): AsyncGenerator<Buffer> {
  const { records, total } = await gathered(amountsOf(batch), { records: 0, total: 0n }, (sum, one) => ({
    records: sum.records + one.records,
    total: sum.total + one.total,
  }))
  yield Buffer.from(headerLine(batch, records, total))
  yield* chunks(lines(batch))
}

function* lines(batch: Batch): Generator<string> {
  let sequence = 0
  let entryId = batchId(batch) * 1_000_000
  for (const report of reportsOf(batch)) {
    const common = reportColumns(batch, report)
    const random = randomFrom(batch.seed, batch.definition, batch.number, 'words', report.key)
    for (const [position, entry] of report.entries.entries()) {
      entryId += 1
      const quoted = entryId % 40 === 1
      const columns = entryColumns(batch, report, entry, String(entryId), random, quoted, position)
      for (const journal of entry.journal) {
        sequence += 1
        yield line([common, columns, journalColumns(entry, journal, sequence)], sequence)
      }
    }
  }
}

type Columns = readonly (readonly [column: number, value: string])[]

function line(parts: readonly Columns[], sequence: number): string {
  const cells = new Array<string>(COLUMNS).fill('')
  cells[3] = String(sequence)
  for (const part of parts) for (const [column, value] of part) cells[column - 1] = cell(value, '|')
  return `${cells.join('|')}\n`
}

const sum = (entries: readonly Entry[]): Units => entries.reduce((total, entry) => total + entry.posted, 0n)

function reportColumns(batch: Batch, report: Report): Columns {
  const { locale } = batch
  const { employee } = report
  const day = sampleDay(batch.number)
  const total = plain(sum(report.entries))
  const onCard = plain(sum(report.entries.filter(entry => entry.card)))
  const inCash = plain(sum(report.entries.filter(entry => !entry.card)))
  const request: Columns = report.request
    ? [
        [239, report.request.id],
        [240, report.request.name],
        [363, report.request.id],
      ]
    : []
  return [
    [1, 'DETAIL'],
    [2, String(batchId(batch))],
    [3, dateText(day)],
    [5, employee.id],
    [6, employee.last],
    [7, employee.first],
    [8, employee.initial],
    [9, locale.policy],
    [10, locale.company],
    [11, employee.costCentre],
    // Bank data of nobody: the products under test have to mask these columns.
    [16, `00000000${employee.id.slice(-4)}`],
    [17, '000000000'],
    [19, report.id],
    [20, report.key],
    [21, locale.ledger],
    [22, locale.currency],
    [23, locale.countryName],
    [24, daysBefore(day, report.submitted)],
    [26, daysBefore(day, 1)],
    [27, report.name],
    [28, 'Y'],
    [29, locale.tax.percent > 0n ? 'Y' : 'N'],
    [30, 'N'],
    [31, total],
    [32, total],
    [33, locale.policy],
    [35, locale.company],
    [36, employee.costCentre],
    [264, employee.login],
    [265, employee.login],
    [291, 'Y'],
    [293, `${employee.first} ${employee.last}`],
    [294, 'Practice Bank'],
    [301, locale.country],
    [305, locale.currency],
    [312, total],
    [313, inCash],
    [314, onCard],
    [324, daysBefore(day, report.submitted + 9)],
    [325, daysBefore(day, report.submitted + 1)],
    ...request,
  ]
}

const remarks = [
  'on site',
  'with the client',
  'late arrival',
  'no receipt needed',
  'approved beforehand',
] as const

function entryColumns(
  batch: Batch,
  report: Report,
  entry: Entry,
  id: string,
  random: Random,
  quoted: boolean,
  position: number,
): Columns {
  const { locale } = batch
  const { foreign } = entry
  const place = random.pick(locale.places)
  const vendor = random.pick(locale.vendors)
  const remark = random.pick(remarks)
  const date = daysBefore(sampleDay(batch.number), report.submitted + random.int(1, 9))
  const amount = plain(entry.transaction)
  const posted = plain(entry.posted)
  const city = foreign ? locale.foreign.city : place.city
  const country = foreign ? locale.foreign.country : locale.country
  return [
    [61, id],
    [62, 'REG'],
    [63, entry.type.name],
    [64, date],
    [65, foreign ? locale.foreign.currency : locale.currency],
    [66, foreign ? rateText(locale.foreign.rate) : '1.00000000'],
    [67, 'M'],
    [68, 'N'],
    [69, quoted ? `"${entry.type.name}" | ${remark}` : `${entry.type.name}, ${remark}`],
    [70, vendor],
    [72, 'Y'],
    [73, 'R'],
    [74, entry.type.attendees ? '1' : '0'],
    [76, entry.type.attendees ? '2' : '0'],
    [77, locale.company],
    [78, report.employee.costCentre],
    [123, amount],
    [124, posted],
    [125, posted],
    [126, entry.card ? 'CBCP' : 'CASH'],
    [127, entry.card ? 'Company Billed/Company Paid' : 'Cash'],
    [128, entry.card ? '2' : '1'],
    [158, country],
    [159, foreign ? '' : place.sub],
    [160, foreign ? 'FRGN' : 'DOME'],
    [250, entry.card ? 'Practice Card' : 'Cash'],
    [334, city],
    [338, city],
    [339, country],
    [341, uuidFrom(random)],
    ...(entry.card ? cardColumns(entry, id, date, vendor, city, country, position, batch) : []),
    ...(entry.tax > 0n ? taxColumns(batch, entry) : []),
  ]
}

function cardColumns(
  entry: Entry,
  id: string,
  date: string,
  vendor: string,
  city: string,
  country: string,
  position: number,
  { locale }: Batch,
): Columns {
  return [
    [129, date],
    [130, '0000000000000000'],
    [133, `${id}${position}`],
    [134, id],
    [135, 'RPE'],
    [137, plain(entry.transaction)],
    [139, entry.foreign ? locale.foreign.currency : locale.currency],
    [140, plain(entry.posted)],
    [141, locale.currency],
    [142, date],
    [143, date],
    [146, vendor],
    [147, city],
    [149, country],
    [153, plain(entry.posted)],
    [154, '0000000000001111'],
  ]
}

function taxColumns({ locale }: Batch, entry: Entry): Columns {
  const tax = plain(entry.tax)
  return [
    [225, locale.tax.authority],
    [226, locale.tax.label],
    [227, tax],
    [228, tax],
    [229, 'USER'],
    [230, tax],
    [231, tax],
    [232, locale.tax.code],
    [233, 'Y'],
    [247, plain(entry.posted - entry.tax)],
  ]
}

function journalColumns(entry: Entry, { side, account, amount }: Journal, sequence: number): Columns {
  const [payer, payee] = entry.card ? ['Company', 'Practice Card'] : ['Company', 'Employee']
  return [
    [163, payer],
    [164, payer],
    [165, payee],
    [166, payee],
    [167, account],
    [168, side],
    [169, signed(amount)],
    [170, String(sequence)],
    [189, String(sequence)],
    [190, '100'],
    [254, '0010010'],
    [255, entry.card ? '0020150' : '0020110'],
  ]
}

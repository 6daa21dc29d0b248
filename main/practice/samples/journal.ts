import { randomFrom, uuidFrom } from '../random.ts'
import { converted, type Units } from './money.ts'
import { type Employee, type ExpenseType, expenseTypes, type Locale } from './people.ts'

/** A batch of expense reports as one accounting run extracts it. */
export type Batch = Readonly<{
  seed: number
  definition: string
  number: number
  locale: Locale
  employees: readonly [Employee, ...Employee[]]
  reports: number
  /** Both sides of each entry, so that a report adds up to zero; otherwise the expense side alone. */
  balanced: boolean
}>

export type Journal = Readonly<{ side: 'DR' | 'CR'; account: string; amount: Units }>

export type Entry = Readonly<{
  type: ExpenseType
  foreign: boolean
  card: boolean
  /** In the entry's own currency. */
  transaction: Units
  posted: Units
  tax: Units
  journal: readonly Journal[]
}>

const INPUT_TAX = '0014100'
const DUE_TO_EMPLOYEE = '0020110'
const DUE_TO_CARD = '0020150'

/** A report's amounts alone. They have a generator of their own, so that totals are cheap to make beforehand. */
export function entriesOf(batch: Batch, index: number): Entry[] {
  const { locale } = batch
  const random = randomFrom(batch.seed, batch.definition, batch.number, 'amounts', index)
  return Array.from({ length: random.int(2, 8) }, (_, position) => {
    // The first entry of a batch has attendees, so that no attendee file is empty by chance.
    const type =
      index === 0 && position === 0 ? (expenseTypes[2] ?? expenseTypes[0]) : random.pick(expenseTypes)
    const foreign = random.chance(0.15)
    const card = random.chance(0.4)
    const cents = random.int(Number(type.from / 100n), Number(type.to / 100n))
    const transaction = BigInt(cents) * 100n
    const posted = foreign ? converted(transaction, locale.foreign.rate) : transaction
    const tax = foreign ? 0n : (posted * locale.tax.percent) / (100n + locale.tax.percent)
    const journal: Journal[] = [{ side: 'DR', account: type.account, amount: posted - tax }]
    if (tax > 0n) journal.push({ side: 'DR', account: INPUT_TAX, amount: tax })
    if (batch.balanced)
      journal.push({ side: 'CR', account: card ? DUE_TO_CARD : DUE_TO_EMPLOYEE, amount: -posted })
    return { type, foreign, card, transaction, posted, tax, journal }
  })
}

export type Report = Readonly<{
  id: string
  key: string
  name: string
  employee: Employee
  /** Days before the run. */
  submitted: number
  request: Readonly<{ id: string; name: string }> | null
  entries: readonly Entry[]
}>

const purposes = [
  'Client visit',
  'Quarterly review',
  'Trade fair',
  'Site inspection',
  'Team offsite',
  'Audit support',
] as const

export function reportOf(batch: Batch, index: number): Report {
  const random = randomFrom(batch.seed, batch.definition, batch.number, 'report', index)
  const purpose = random.pick(purposes)
  return {
    id: uuidFrom(random).replaceAll('-', '').slice(0, 20).toUpperCase(),
    key: String(batchId(batch) * 100_000 + index),
    name: `${purpose} ${random.int(1, 12)}/2026`,
    employee: random.pick(batch.employees),
    submitted: random.int(2, 12),
    request:
      index === 0 || random.chance(0.3)
        ? { id: random.text('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 4), name: purpose }
        : null,
    entries: entriesOf(batch, index),
  }
}

/** Batch ids count up from run to run, and say nothing about the definition. */
export const batchId = (batch: Batch): number => 300 + batch.number

export function* reportsOf(batch: Batch): Generator<Report> {
  for (let index = 0; index < batch.reports; index += 1) yield reportOf(batch, index)
}

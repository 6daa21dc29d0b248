import type { CurrencyTotal, Finding } from '../../../preload/contract/checks.ts'
import { moneyText, parseMoney } from '../money.ts'
import type { Period } from '../systems/system.ts'
import { type Instant, minutes } from '../time.ts'
import { changedColumns } from './columns.ts'
import type { EarlierReceipt, NewFacts, PastDelivery, UnsavedRuns } from './types.ts'
import { alike, bandView, inUnits, isUsual, scaleOf, usualRows, usualTotals } from './usual.ts'

export type Beside = {
  /** The other runs of the definition that were delivered, the newest first. */
  readonly past: readonly PastDelivery[]
  /** An earlier delivery with the same set of files. */
  readonly same: EarlierReceipt | null
  /** Runs between this one and the one delivered before it that nobody saved. */
  readonly unsaved: UnsavedRuns | null
}

/** What is unusual about a delivery beside the earlier ones. Pure; the worst first. */
export function findingsOf(now: NewFacts, { past, same, unsaved }: Beside): readonly Finding[] {
  const empty = emptiness(now, past)
  return [
    ...empty,
    ...(same === null || now.rows === 0 || wasExpectedSame(now, past) ? [] : [identical(same)]),
    ...columnsSince(now, past),
    ...(empty.length > 0 || now.rows === 0 ? [] : [...unusualRows(now, past), ...unusualTotals(now, past)]),
    ...periodGap(now.period, past),
    ...(unsaved ? [runsUnsaved(unsaved)] : []),
  ]
}

/** Nothing came where something usually does. That of a definition which is often empty is no news. */
function emptiness({ rows }: NewFacts, past: readonly PastDelivery[]): readonly Finding[] {
  if (rows !== 0) return []
  const known = past.filter(one => one.rows !== null)
  const expected = past.some(({ findings }) =>
    findings?.some(({ code, mark }) => code === 'empty' && mark?.as === 'expected'),
  )
  const full = known.filter(one => one.rows !== 0)
  return expected || full.length === 0 || full.length * 2 < known.length
    ? []
    : [{ code: 'empty', facts: { full: full.length, known: known.length } }]
}

const identical = ({ receiptId, receiptNumber, deliveredAt }: EarlierReceipt): Finding => ({
  code: 'identical',
  facts: { receiptId, receiptNumber, deliveredAt },
})

/** Somebody has said of these very files that it is as expected when they come again. */
const wasExpectedSame = ({ fingerprint }: NewFacts, past: readonly PastDelivery[]): boolean =>
  past.some(
    ({ kept, findings }) =>
      kept?.fingerprint === fingerprint &&
      findings?.some(({ code, mark }) => code === 'identical' && mark?.as === 'expected'),
  )

/** Against the newest run that began before this one and had tables: an older one that is delivered late proves nothing. */
function columnsSince({ at, tables }: NewFacts, past: readonly PastDelivery[]): readonly Finding[] {
  const before = past.find(one => one.at <= at && one.kept !== null && one.kept.tables.length > 0)
  return changedColumns(before?.kept?.tables ?? [], tables)
}

function unusualRows({ rows, at }: NewFacts, past: readonly PastDelivery[]): readonly Finding[] {
  const usual = usualRows(alike(past, at))
  if (usual === null || rows === null || isUsual(BigInt(rows), usual)) return []
  const { low, high } = usual.band
  return [{ code: 'rows-unusual', facts: { rows, low: Number(low), high: Number(high), known: usual.known } }]
}

function unusualTotals({ totals, at }: NewFacts, past: readonly PastDelivery[]): readonly Finding[] {
  return totals.flatMap(one => unusualTotal(one, alike(past, at)))
}

function unusualTotal({ currency, total }: CurrencyTotal, past: readonly PastDelivery[]): readonly Finding[] {
  const amount = parseMoney(total)
  if (amount === null) return []
  const scale = Math.max(amount.scale, scaleOf(past, currency))
  const usual = usualTotals(past, currency, scale)
  if (usual === null || isUsual(inUnits(amount, scale), usual)) return []
  return [
    {
      code: 'total-unusual',
      facts: { total: moneyText(amount), currency, ...bandView(usual.band, scale), known: usual.known },
    },
  ]
}

/** Whether an upper bound is a part of its period is documented nowhere: a minute is no gap. */
const seam = minutes(1)

/** What neither this period nor one before it covers. */
function periodGap(period: Period | null, past: readonly PastDelivery[]): readonly Finding[] {
  if (period === null) return []
  const ends = past.flatMap(({ kept }) =>
    kept?.period && kept.period.from < period.from ? [kept.period.to] : [],
  )
  const last = ends.reduce<Instant | null>(
    (latest, to) => (latest === null || to > latest ? to : latest),
    null,
  )
  return last === null || period.from - last <= seam
    ? []
    : [{ code: 'period-gap', facts: { from: last, to: period.from } }]
}

const runsUnsaved = ({ count, first, last }: UnsavedRuns): Finding => ({
  code: 'runs-unsaved',
  facts: { runs: count, first, last },
})

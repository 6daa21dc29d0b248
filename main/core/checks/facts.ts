import { basename } from 'node:path/posix'
import type { CurrencyTotal } from '../../../preload/contract/checks.ts'
import type { StagedFile } from '../deliveries/types.ts'
import type { JournalTotal } from '../extract-files/types.ts'
import { addMoney, moneyText, parseMoney, zeroMoney } from '../money.ts'
import type { Period } from '../systems/system.ts'
import { fingerprintOf, keyOf } from './columns.ts'
import type { NewFacts, Published, TableFacts } from './types.ts'

/** More tables, or longer names of columns, are not kept: they are compared by nobody who can name them. */
const mostTables = 100
const mostNames = 1000
const longestName = 200

/** What is known of a delivery, by what was seen while its files were made. */
export function factsOf({ delivery, plan, job }: Published, period: Period | null): NewFacts {
  const contents = delivery.contents ?? []
  const rows = contents.flatMap(file => file.contents?.rows ?? [])
  return {
    at: job.startedAt?.at ?? job.knownAt,
    files: plan.files.length,
    rows: rows.length === 0 && plan.files.length > 0 ? null : rows.reduce((sum, n) => sum + n, 0),
    fingerprint: fingerprintOf(plan.files.map(({ sha256 }) => sha256)),
    totals: totalsOf(contents.flatMap(file => file.contents?.journal ?? [])),
    tables: contents.flatMap(tableOf).slice(0, mostTables),
    period,
  }
}

function tableOf({ original, contents }: StagedFile): readonly TableFacts[] {
  const columns = contents?.columns
  if (!columns) return []
  const { names, count } = columns
  const kept = names && names.length <= mostNames && names.every(name => name.length <= longestName)
  return [{ key: keyOf(original), file: basename(original), columns: { count, names: kept ? names : null } }]
}

/** By currency, over all files of the delivery; exact. */
function totalsOf(journals: readonly JournalTotal[]): readonly CurrencyTotal[] {
  const sums = new Map<string, CurrencyTotal>()
  for (const { total, currencies } of journals) {
    for (const one of currencies ?? [{ currency: '', total }]) {
      const sum = parseMoney(sums.get(one.currency)?.total ?? '0') ?? zeroMoney
      const amount = parseMoney(one.total) ?? zeroMoney
      sums.set(one.currency, { currency: one.currency, total: moneyText(addMoney(sum, amount)) })
    }
  }
  return [...sums.values()]
}

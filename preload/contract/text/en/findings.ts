/** What is unusual about a delivery beside the earlier ones, in a sentence each. */
import type { Finding, FindingCode } from '../../checks.ts'
import { amount, counted, number, rows } from './figures.ts'

type Facts = Finding['facts']

const word = (facts: Facts, name: string): string => String(facts[name] ?? '')
const count = (facts: Facts, name: string): number => Number(facts[name] ?? 0)
const deliveries = (n: number): string => counted(n, { one: 'delivery', other: 'deliveries' })

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})
/** `1 Oct 2026`, `1 Oct 2026 22:00`, where the reader is. */
const when = (at: number): string => moment.format(at).replaceAll(',', '')

function columns(facts: Facts): string {
  const file = `“${word(facts, 'file')}”`
  const [gone, added] = [word(facts, 'gone'), word(facts, 'added')]
  if (gone !== '' && added !== '')
    return `The columns of ${file} are others than last time: gone are ${gone}; new are ${added}.`
  if (gone !== '') return `${file} no longer has the columns that it had last time: gone are ${gone}.`
  if (added !== '') return `${file} has columns that it did not have last time: ${added}.`
  if (facts.moved !== undefined) return `The columns of ${file} stand in another order than last time.`
  return `${file} has ${number(count(facts, 'now'))} columns; last time it had ${number(count(facts, 'before'))}.`
}

function total(facts: Facts): string {
  const currency = word(facts, 'currency')
  const sum = [amount(word(facts, 'total')), currency].filter(Boolean).join(' ')
  return `The total of ${sum} is far from the usual ${amount(word(facts, 'low'))} to ${amount(word(facts, 'high'))} of the last ${deliveries(count(facts, 'known'))}.`
}

const texts: Readonly<Record<FindingCode, (facts: Facts) => string>> = {
  empty: facts =>
    `It is empty, though ${number(count(facts, 'full'))} of the ${deliveries(count(facts, 'known'))} before had rows.`,
  identical: facts =>
    `Its files are byte for byte those of receipt ${number(count(facts, 'receiptNumber'))} of ${day.format(count(facts, 'deliveredAt'))}.`,
  'columns-changed': columns,
  'rows-unusual': facts =>
    `${rows(count(facts, 'rows'))} ${count(facts, 'rows') === 1 ? 'is' : 'are'} far from the usual ${number(count(facts, 'low'))} to ${number(count(facts, 'high'))} of the last ${deliveries(count(facts, 'known'))}.`,
  'total-unusual': total,
  'period-gap': facts =>
    `Nothing covers the time from ${when(count(facts, 'from'))} to ${when(count(facts, 'to'))}: no delivery before this one goes that far.`,
  'runs-unsaved': facts =>
    count(facts, 'runs') === 1
      ? `A run of ${when(count(facts, 'first'))}, between this one and the one delivered before, was never saved here.`
      : `${number(count(facts, 'runs'))} runs from ${when(count(facts, 'first'))} to ${when(count(facts, 'last'))}, between this one and the one delivered before, were never saved here.`,
}

/** The finding in a sentence. */
export const findingText = ({ code, facts }: Finding): string => texts[code](facts)

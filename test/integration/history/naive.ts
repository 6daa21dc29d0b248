import type { HistoryEntry } from '../../../main/core/history/types.ts'
import { wordsOf } from '../../../main/core/history/words.ts'
import type { HistoryQuery } from '../../../preload/contract/types.ts'
import type { DeliveryState, JobState } from '../../../preload/contract/words.ts'
import type { Ledger } from './ledger.ts'

/** One line of the history, and what it is found by: its texts, each as the words that an index makes of it. */
export type Line = {
  readonly entry: HistoryEntry
  readonly texts: readonly (readonly string[])[]
  readonly trouble: boolean
  /** Others ran it, and nobody here saved or asked for its files. */
  readonly passedBy: boolean
}

const jobTroubles: readonly JobState[] = ['start-unknown', 'failed', 'cancelled', 'gone', 'timed-out']
const deliveryTroubles: readonly DeliveryState[] = [
  'needs-space',
  'needs-sign-in',
  'destination-unreachable',
  'conflict',
  'unreachable',
  'not-what-it-claims',
  'finished-empty',
  'file-gone',
]

/** The history as it must be, told from everything that was written. */
export function lines({ kept, shownJobs, deliveries, receipts: allReceipts }: Ledger): readonly Line[] {
  const deliveriesOf = deliveries()
  const receiptsOf = allReceipts()
  return shownJobs().map(job => {
    const connection = kept.connections.get(job.connectionId)
    const definition = kept.definitions.get(job.definitionId)
    const delivery = deliveriesOf(job.id).at(-1)
    const receipts = receiptsOf(job.id)
    const receipt = receipts.at(-1)
    const rows = receipt?.content.files.flatMap(file => file.rows ?? []) ?? []
    const entry: HistoryEntry = {
      jobId: job.id,
      receiptId: receipt?.id ?? null,
      connectionId: job.connectionId,
      connectionName: connection?.name ?? '',
      mark: connection?.mark ?? 'production',
      definitionName: definition?.name ?? '',
      remoteJobId: job.remoteId,
      jobState: job.state,
      deliveryState: delivery?.state ?? null,
      at: job.startedAt?.at ?? job.knownAt,
      deliveredAt: receipt?.content.deliveredAt ?? null,
      files: receipt?.content.files.length ?? null,
      bytes: receipt?.content.files.reduce((sum, file) => sum + file.bytes, 0) ?? null,
      rows: rows.length === 0 ? null : rows.reduce((sum, count) => sum + count, 0),
      totals: receipt?.content.controlTotals.map(({ total }) => total) ?? [],
    }
    const fileNames = receipts.flatMap(({ content }) => [
      ...content.files.map(file => file.path.split(/[/\\]/).at(-1) ?? ''),
      ...content.received.map(file => file.name),
      content.archive?.name ?? '',
    ])
    const sentInVain = job.state === 'not-started' && job.sentAt !== null
    return {
      entry,
      texts: [
        entry.connectionName,
        entry.definitionName,
        job.remoteId ?? '',
        ...receipts.map(({ id }) => id),
        ...fileNames,
      ].map(tokens),
      trouble:
        jobTroubles.includes(job.state) ||
        (delivery !== undefined && deliveryTroubles.includes(delivery.state)) ||
        (job.error !== null && (job.state === 'completed' || sentInVain)),
      passedBy:
        job.state === 'completed' &&
        job.origin === 'elsewhere' &&
        job.wanted === null &&
        delivery === undefined &&
        receipt === undefined,
    }
  })
}

/** Letters and digits, without accents and case: what the index makes of a text. */
const tokens = (text: string): readonly string[] =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(token => token !== '')

/** The word's parts follow each other somewhere in the text; the last may be the beginning of one. */
function begins(text: readonly string[], word: readonly string[]): boolean {
  const whole = word.slice(0, -1)
  const part = word.at(-1) ?? ''
  return text.some(
    (_, at) =>
      whole.every((token, offset) => text[at + offset] === token) &&
      (text[at + whole.length] ?? '').startsWith(part) &&
      at + whole.length < text.length,
  )
}

/** The same answer as the history's, by looking at every line. */
export function look(all: readonly Line[], query: HistoryQuery) {
  const words = wordsOf(query.text).map(tokens)
  const found = all.filter(({ entry, texts, trouble, passedBy }) => {
    if (query.passedBy === 'hidden' && passedBy) return false
    if (query.connectionId !== null && entry.connectionId !== query.connectionId) return false
    if (query.since !== null && entry.at < query.since) return false
    if (query.outcome === 'delivered' && entry.receiptId === null) return false
    if (query.outcome === 'trouble' && !trouble) return false
    if (query.outcome === 'not-saved' && (entry.jobState !== 'completed' || entry.receiptId !== null))
      return false
    return words.every(word => texts.some(text => begins(text, word)))
  })
  const page = found.slice(query.offset, query.offset + query.limit)
  return { total: found.length, entries: page.map(({ entry }) => entry) }
}

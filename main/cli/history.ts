import { cli as text } from '../../preload/contract/text/cli.ts'
import { size } from '../../preload/contract/text/en/figures.ts'
import { receiptWarning } from '../../preload/contract/text/en/warnings.ts'
import { isAppError } from '../core/errors.ts'
import { receiptId } from '../core/ids.ts'
import type { Command } from './command.ts'
import { exits } from './exit-codes.ts'
import { missing } from './failure.ts'
import { historyJson, historyWord, isoTime } from './results.ts'
import { fields, table } from './table.ts'
import { since, wholeNumber } from './values.ts'

const { heads } = text.tables

const sizeOf = (bytes: number | null): string | null => (bytes === null ? null : size(bytes))

const usualLimit = 50
const mostListed = 100_000

export const list: Command = async (around, words) => {
  const limit = wholeNumber(words, 'limit', mostListed) ?? usualLimit
  const from = since(words, 'since')
  const history = await around.openHistory()
  const { total, rows } = await history.list({
    text: words.text('search') ?? '',
    connectionId: null,
    outcome: 'any',
    since: from,
    offset: 0,
    limit,
  })
  const entries = rows.map(historyJson)
  return {
    json: entries,
    text: [
      ...table(rows, [
        { head: heads.delivered, of: one => isoTime(one.deliveredAt) },
        { head: heads.connection, of: one => one.connectionName },
        { head: heads.definition, of: one => one.definitionName },
        { head: heads.job, of: one => one.remoteJobId },
        { head: heads.outcome, of: historyWord },
        { head: heads.files, of: one => one.files },
        { head: heads.size, of: one => sizeOf(one.bytes), right: true },
        { head: heads.rows, of: one => one.rows },
        { head: heads.receipt, of: one => one.receiptId },
      ]),
      ...(total > entries.length ? [text.results.more(entries.length, total)] : []),
    ],
    exit: exits.done,
  }
}

export const show: Command = async (around, words) => {
  const wanted = words.positionals.at(-1) ?? ''
  const { desk } = await around.open()
  const receipt = await desk.receipts.show(receiptId(wanted)).catch((error: unknown) => {
    if (!isAppError(error, 'not-found')) throw error
    throw missing(text.missing.receipt(wanted), text.missing.listHistory)
  })
  return {
    json: {
      ...receipt,
      deliveredAt: isoTime(receipt.deliveredAt),
      reviews: receipt.reviews.map(review => ({ ...review, at: isoTime(review.at) })),
    },
    text: [
      ...fields({
        [heads.receipt]: receipt.id,
        [heads.connection]: receipt.connectionName,
        [heads.definition]: receipt.definitionName,
        [heads.job]: receipt.remoteJobId,
        [heads.outcome]: text.tables.deliveryStates[receipt.outcome],
        [heads.delivered]: isoTime(receipt.deliveredAt),
        [heads.destination]: receipt.folder,
      }),
      '',
      ...table(receipt.files, [
        { head: heads.file, of: one => one.path },
        { head: heads.size, of: one => sizeOf(one.bytes), right: true },
        { head: heads.rows, of: one => one.rows },
        { head: heads.sha256, of: one => one.sha256 },
      ]),
      ...receipt.warnings.map(one => text.results.warning(receiptWarning(one))),
    ],
    exit: exits.done,
  }
}

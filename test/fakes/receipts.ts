import { type DeliveryId, deliveryId, jobId, receiptId } from '../../main/core/ids.ts'
import { chained } from '../../main/core/receipts/chain.ts'
import type { ChainLink, Receipt, ReceiptContent, Review } from '../../main/core/receipts/types.ts'
import type { ExchangeProofs } from '../../preload/contract/receipts.ts'
import { fakeStart } from './fake-clock.ts'
import { systemTime } from './fake-system.ts'
import { aConnection } from './memory-connections.ts'
import { aDefinition } from './memory-definitions.ts'

const connection = aConnection()
const definition = aDefinition()

export function receiptContent(patch: Partial<ReceiptContent> = {}): ReceiptContent {
  return {
    deliveryId: deliveryId('delivery-1'),
    jobId: jobId('job-a'),
    connection: {
      id: connection.id,
      name: connection.name,
      system: connection.system,
      mark: connection.mark,
      url: connection.url,
    },
    definition: { id: definition.id, remoteId: definition.remoteId, name: definition.name },
    remoteJobId: 'gJ$12abc',
    jobStartedAt: systemTime(fakeStart),
    jobEndedAt: { raw: 'yesterday', at: null, zoneAssumed: false },
    rawStatus: 'Completed',
    requestedBy: 'erika',
    requestedAt: fakeStart,
    deliveredAt: fakeStart,
    outcome: 'delivered',
    folder: '/srv/erp/in',
    received: [{ name: 'a.zip', declaredType: 'application/zip', validator: '"v1"', bytes: 7, sha256: 'cc' }],
    archive: { name: 'a.zip', bytes: 7, sha256: 'cc' },
    files: [{ path: '/srv/erp/in/a.txt', bytes: 3, sha256: 'aa', crc32: '00000001', rows: 2 }],
    marker: null,
    controlTotals: [
      { file: '/srv/erp/in/a.txt', headerRows: 2, headerTotal: '1', rows: 2, total: '1.00', match: true },
    ],
    warnings: [{ code: 'name-changed', facts: { from: 'a:', to: 'a_' } }],
    appVersion: '0.1.0',
    ...patch,
  }
}

/** One request that was answered. */
export const exchangeProofs = (status = 200): ExchangeProofs => ({
  version: 1,
  recorded: [
    {
      method: 'GET',
      requestSha256: 'aa',
      requestHeaders: ['accept'],
      answer: { status, sha256: 'bb', headers: [] },
    },
  ],
  more: 0,
})

export const aReceipt = (
  previous: ChainLink | null,
  delivery: DeliveryId,
  patch: Partial<ReceiptContent> = {},
): Receipt =>
  chained(
    receiptId(`r-${(previous?.number ?? 0) + 1}`),
    receiptContent({ ...patch, deliveryId: delivery }),
    previous,
  )

/** A review of a receipt, by this account, as the next entry of a chain. */
export const aReview = (receipt: Receipt, by: string, previous: ChainLink = receipt): Review =>
  chained(
    receiptId(`rv-${previous.number + 1}`),
    {
      kind: 'review',
      receiptId: receipt.id,
      receiptNumber: receipt.number,
      receiptHash: receipt.hash,
      reviewedBy: by,
      reviewedAt: fakeStart,
      ownRun: by === receipt.content.requestedBy,
    },
    previous,
  )

import type { ReceiptView } from '../../../preload/contract/types.ts'
import type { FileWork } from '../deliveries/file-work.ts'
import type { Files } from '../deliveries/files.ts'
import type { ReceiptsService } from '../desk.ts'
import { AppError } from '../errors.ts'
import type { ReceiptId } from '../ids.ts'
import type { SystemTime } from '../time.ts'
import { type ChainFinding, checkChain, linkOf } from './chain.ts'
import { findingsOf } from './findings.ts'
import type { Receipt, ReceiptsRepository } from './types.ts'

export type ReceiptsWorld = {
  readonly receipts: ReceiptsRepository
  readonly files: Pick<Files, 'look'>
  readonly work: Pick<FileWork, 'hash'>
}

export type ReceiptsRoom = ReceiptsService & {
  /** Everything that is wrong with the chain of all receipts. */
  checkChain(): Promise<readonly ChainFinding[]>
}

export function createReceiptsService(world: ReceiptsWorld): ReceiptsRoom {
  const { receipts } = world

  async function find(id: ReceiptId): Promise<Receipt> {
    const receipt = await receipts.find(id)
    if (!receipt) throw new AppError('not-found')
    return receipt
  }

  /** A receipt's own hash, and its links to both neighbours. */
  async function chainAt(receipt: Receipt) {
    const previous = receipt.number > 1 ? await receipts.byNumber(receipt.number - 1) : null
    const own = linkOf(receipt, previous)
    if (own !== 'ok') return own
    const next = await receipts.byNumber(receipt.number + 1)
    return next && next.previousHash !== receipt.hash ? 'chain-broken' : 'ok'
  }

  return {
    show: async id => viewOf(await find(id)),
    async verify(id) {
      const receipt = await find(id)
      const files = await findingsOf(world, receipt.content.files)
      return { receiptId: id, files, chain: await chainAt(receipt) }
    },
    checkChain: async () => checkChain(receipts.chain(), await receipts.head()),
  }
}

const timeView = (time: SystemTime | null) =>
  time && { at: time.at, raw: time.raw, zoneAssumed: time.zoneAssumed }

export function viewOf(receipt: Receipt): ReceiptView {
  const { content } = receipt
  return {
    id: receipt.id,
    number: receipt.number,
    hash: receipt.hash,
    previousHash: receipt.previousHash,
    previousId: receipt.previousId,
    connectionId: content.connection.id,
    connectionName: content.connection.name,
    system: content.connection.system,
    mark: content.connection.mark,
    definitionName: content.definition.name,
    jobId: content.jobId,
    remoteJobId: content.remoteJobId,
    jobStartedAt: timeView(content.jobStartedAt),
    jobEndedAt: timeView(content.jobEndedAt),
    requestedBy: content.requestedBy,
    deliveredAt: content.deliveredAt,
    outcome: content.outcome,
    folder: content.folder,
    archive: content.archive,
    files: content.files,
    controlTotals: content.controlTotals,
    warnings: content.warnings,
    appVersion: content.appVersion,
  }
}

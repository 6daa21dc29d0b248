import { createHash } from 'node:crypto'
import type { ReceiptChecks } from '../../../preload/contract/checks.ts'
import type { ControlTotals, WarningView } from '../../../preload/contract/receipts.ts'
import type { Connection } from '../connections/types.ts'
import type { Definition } from '../definitions/types.ts'
import { nameOf } from '../deliveries/job-values.ts'
import { controlTotals } from '../deliveries/judge.ts'
import type { Delivery, Plan } from '../deliveries/types.ts'
import { AppError } from '../errors.ts'
import { receiptId } from '../ids.ts'
import type { Job } from '../jobs/types.ts'
import type { Clock, Ids } from '../ports.ts'
import { canonicalJson, chained } from './chain.ts'
import type { Receipt, ReceiptContent, ReceiptsRepository } from './types.ts'

export type Published = {
  readonly delivery: Delivery
  readonly plan: Plan
  readonly warnings: readonly WarningView[]
  readonly outcome: ReceiptContent['outcome']
  /** Null: it could not be compared with earlier ones. */
  readonly checks: ReceiptChecks | null
  readonly job: Job
  readonly definition: Definition
  readonly connection: Connection
}

type IssueWorld = {
  readonly receipts: ReceiptsRepository
  readonly ids: Ids
  readonly clock: Clock
  readonly appVersion: string
}

/** Writes the receipt of a published group; asked again for the same delivery, it returns the one that is there. */
export function issueReceipt(world: IssueWorld, published: Published): Promise<Receipt> {
  const content = contentOf(published, world)
  return world.receipts.append(content.deliveryId, previous =>
    chained(receiptId(world.ids.next('r')), content, previous),
  )
}

function contentOf(published: Published, { clock, appVersion }: IssueWorld): ReceiptContent {
  const { delivery, plan, job, definition, connection } = published
  if (job.remoteId === null)
    throw new AppError('internal', { said: 'A job without a remote id was delivered' })
  return {
    deliveryId: delivery.id,
    jobId: job.id,
    connection: {
      id: connection.id,
      name: connection.name,
      system: connection.system,
      mark: connection.mark,
      url: connection.url,
    },
    definition: { id: definition.id, remoteId: definition.remoteId, name: definition.name },
    remoteJobId: job.remoteId,
    jobStartedAt: job.startedAt,
    jobEndedAt: job.endedAt,
    rawStatus: job.rawStatus,
    jobAnswerSha256: createHash('sha256').update(canonicalJson(job.raw)).digest('hex'),
    ...startOf(job),
    requestedBy: delivery.by,
    requestedAt: delivery.createdAt,
    deliveredAt: clock.now(),
    outcome: published.outcome,
    folder: delivery.destination.folder,
    received: delivery.downloads.map(({ id, name, declaredType, validator, bytes, sha256, exchanges }) => ({
      name: name ?? id,
      declaredType,
      validator,
      bytes,
      sha256,
      ...(exchanges ? { exchanges } : {}),
    })),
    archive: archiveOf(published),
    files: plan.files.map(({ final, bytes, sha256, crc32, rows }) => ({
      path: final,
      bytes,
      sha256,
      crc32,
      rows,
    })),
    marker: plan.marker?.final ?? null,
    controlTotals: totalsOf(delivery, plan),
    warnings: published.warnings,
    ...(published.checks ? { checks: published.checks } : {}),
    appVersion,
  }
}

function startOf({ origin, startExchanges }: Job): Pick<ReceiptContent, 'startExchanges'> {
  if (origin === 'elsewhere') return { startExchanges: null }
  return startExchanges ? { startExchanges } : {}
}

/** Where the server did not name it: by the name that it has where it is kept. */
function archiveOf(published: Published): ReceiptContent['archive'] {
  const [only, ...more] = published.delivery.downloads
  if (only?.kind !== 'archive' || more.length > 0) return null
  return { name: nameOf(published, only), bytes: only.bytes, sha256: only.sha256 }
}

function totalsOf({ contents }: Delivery, plan: Plan): readonly ControlTotals[] {
  return (contents ?? []).flatMap(
    (file, index) => controlTotals(plan.files[index]?.final ?? file.original, file) ?? [],
  )
}

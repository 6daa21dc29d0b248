import { AppError } from '../errors.ts'
import { downloadName, type JobValues } from './naming.ts'
import type { Run } from './run.ts'
import type { Delivery, Download } from './types.ts'
import type { DeliveriesWorld } from './world.ts'

/** What a delivery belongs to, as names and receipts tell of it. */
export async function subjectOf(
  world: DeliveriesWorld,
  delivery: Pick<Delivery, 'jobId' | 'definitionId' | 'connectionId'>,
) {
  const [job, definition, connection] = await Promise.all([
    world.jobs.find(delivery.jobId),
    world.definitions.find(delivery.definitionId),
    world.connections.find(delivery.connectionId),
  ])
  if (!job || !definition || !connection) throw new AppError('not-found')
  return { job, definition, connection }
}

export type Subject = Awaited<ReturnType<typeof subjectOf>>

export const jobValues = ({ job, definition, connection }: Subject): JobValues => ({
  system: connection.system,
  connection: connection.name,
  definition: definition.name,
  jobId: job.remoteId ?? job.id,
  start: job.startedAt?.at ?? null,
  end: job.endedAt?.at ?? null,
})

/** The server's name for a download, or the one it gets without (cli.md, Files and names). */
export function nameOf(subject: Subject, download: Download): string {
  if (download.name !== null) return download.name
  const { definition, jobId } = jobValues(subject)
  return downloadName(undefined, null, { definition, jobId, ext: extensionOf(download) }).name
}

export const originalOf = async (run: Run, download: Download): Promise<string> =>
  nameOf(await subjectOf(run.world, run.delivery), download)

function extensionOf({ kind, contents }: Download): string {
  if (kind === 'archive') return '.zip'
  return contents?.pipes ? '.txt' : '.csv'
}

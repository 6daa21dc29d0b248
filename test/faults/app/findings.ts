import type { Finding } from '../tally.ts'
import type { JobRecord } from './profile.ts'

export type StartedJob = { readonly id: string; readonly at: number }

export const finding = (loss: Finding['loss'], what: string): Finding => ({ loss, what })

/** A job that the system has must be known once, delivered once, and have one receipt. */
export function jobFindings(id: string, jobs: readonly JobRecord[]): readonly Finding[] {
  const [row, ...more] = jobs.filter(({ remoteId }) => remoteId === id)
  if (row === undefined) return [finding('lost', `job ${id} is not known`)]
  const { deliveries, receipts, state } = row
  const loss = receipts === 0 ? 'lost' : 'doubledDeliveries'
  return [
    ...(more.length === 0 ? [] : [finding('wrong', `job ${id} stands in ${more.length + 1} rows`)]),
    ...(receipts === 1 ? [] : [finding(loss, `job ${id} (${state}) has ${receipts} receipts`)]),
    ...(deliveries.length <= 1
      ? []
      : [finding('doubledDeliveries', `job ${id} has deliveries that are ${deliveries.join(', ')}`)]),
  ]
}

/** Of one try: another start is right only where what was started before it had been delivered by then. */
export function doubledIn(starts: readonly StartedJob[], jobs: readonly JobRecord[]): readonly Finding[] {
  const deliveredAt = (id: string) => jobs.find(({ remoteId }) => remoteId === id)?.deliveredAt ?? null
  return starts.slice(1).flatMap((start, nth) => {
    const before = starts[nth]?.id ?? ''
    const at = deliveredAt(before)
    const isRight = at !== null && at <= start.at
    return isRight ? [] : [finding('doubledStarts', `${start.id} was started beside ${before}`)]
  })
}

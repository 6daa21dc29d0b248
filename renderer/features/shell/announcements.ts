import type { ActivityView, JobView } from '../../../preload/contract/types.ts'
import { lookOf } from '../../format/state.ts'
import { needText, words } from '../../text.ts'

/** What changed from one view of the activity to the next, in sentences for a screen reader. */
export function announcements(before: ActivityView, after: ActivityView): readonly string[] {
  const known = new Map(before.running.map(job => [job.id, job]))
  const moved = after.running.flatMap(job => stateSaid(known.get(job.id), job))

  const needed = new Set(before.needs.map(need => need.id))
  const needs = after.needs
    .filter(need => !needed.has(need.id))
    .map(need => words.shell.announce.needsYou(need.title, needText(need).what))

  const there = new Set(before.delivered.map(row => row.receiptId ?? row.jobId))
  const delivered = after.delivered
    .filter(row => !there.has(row.receiptId ?? row.jobId))
    .map(row => words.shell.announce.delivered(row.definitionName))

  return [...needs, ...delivered, ...moved]
}

function stateSaid(before: JobView | undefined, job: JobView): readonly string[] {
  const word = lookOf(job).word
  if (before && lookOf(before).word === word) return []
  return [words.shell.announce.jobState(job.definitionName, word)]
}

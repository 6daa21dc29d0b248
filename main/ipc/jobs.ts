import { connectionId, definitionId, jobId } from '../core/ids.ts'
import type { Handlers } from './handlers.ts'

export const jobs: Handlers<'jobs'> = {
  plan: ({ desk }, id) => desk.jobs.plan(definitionId(id)),
  run: async ({ desk, account }, id, again) => {
    const { job } = await desk.jobs.run(definitionId(id), { again, by: account })
    return job
  },
  settle: ({ desk }, id, outcome) => desk.jobs.settle(jobId(id), outcome),
  cancel: ({ desk }, id) => desk.jobs.cancel(jobId(id)),
  listed: ({ desk }, id) => desk.jobs.listed(connectionId(id)),
  track: ({ desk }, id, remoteId) => desk.jobs.track(connectionId(id), remoteId),
  requestOf: ({ desk }, id) => desk.jobs.requestOf(jobId(id)),
  deliver: ({ desk, account }, id, again) => desk.deliveries.request(jobId(id), { again, by: account }),
}

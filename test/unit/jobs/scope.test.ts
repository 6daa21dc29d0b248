import { expect, it } from 'vitest'
import { jobId } from '../../../main/core/ids.ts'
import { createScope, deliveriesIn, jobsIn, unwatched } from '../../../main/core/jobs/scope.ts'
import { completedJob } from '../../fakes/deliveries-world.ts'
import { aDefinition, memoryDefinitions } from '../../fakes/memory-definitions.ts'
import { memoryDeliveries } from '../../fakes/memory-deliveries.ts'
import { memoryJobs } from '../../fakes/memory-jobs.ts'

const wanted = { by: 'ana', destination: null }

it('works on the jobs that were added and on no others, and finds all', async () => {
  let added = 0
  const scope = createScope(() => {
    added += 1
  })
  const all = memoryJobs(() => false)
  const [mine, others] = [
    completedJob({ wanted }),
    completedJob({ wanted, id: jobId('job-b'), remoteId: null }),
  ]
  await all.save([mine, others].map(job => ({ job, from: null, why: 'test' })))
  const jobs = jobsIn(scope, all)
  expect(await jobs.wantingDelivery()).toEqual([])
  scope.add(mine.id)
  scope.add(mine.id)
  expect(added).toBe(1)
  expect((await jobs.wantingDelivery()).map(({ id }) => id)).toEqual([mine.id])
  expect(await jobs.find(others.id)).not.toBeNull()
})

it('delivers nothing that is not in scope', async () => {
  const scope = createScope(() => {})
  const repository = memoryDeliveries()
  expect(await deliveriesIn(scope, repository).open()).toEqual([])
})

it('looks for nothing that others start', async () => {
  const definition = aDefinition({ watch: true })
  const all = memoryDefinitions(definition)
  expect(await all.watched(definition.connectionId)).toHaveLength(1)
  expect(await unwatched(all).watched(definition.connectionId)).toEqual([])
  expect((await unwatched(all).find(definition.id))?.watch).toBe(true)
})

import { chownSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from '../../../build/session/account.mjs'
import { openDatabase } from '../../../main/adapters/database/database.ts'
import { createConnectionsRepository } from '../../../main/adapters/database/repositories/connections.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { jobId, remoteId } from '../../../main/core/ids.ts'
import { addMillis, hours } from '../../../main/core/time.ts'
import { completedJob } from '../../fakes/deliveries-world.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { systemTime } from '../../fakes/fake-system.ts'
import { aConnection } from '../../fakes/memory-connections.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { memoryLog } from '../../fakes/memory-log.ts'

/** As many as a company runs in a year, one a day. */
const jobs = 365

/** Fills a profile with a year of history, for the session's user. */
export function fillProfile(profile: string, account: Account | undefined): void {
  const database = openDatabase(profile)
  const clock = fakeClock()
  const log = memoryLog()
  void createConnectionsRepository(database, clock, log).save(aConnection(), 'bench')
  void createDefinitionsRepository(database, log).save([aDefinition()])
  const changes = Array.from({ length: jobs }, (_, day) => ({
    job: completedJob({
      id: jobId(`job-${day}`),
      remoteId: remoteId(`gJ$${day}`),
      startedAt: systemTime(addMillis(fakeStart, -hours(24 * day))),
    }),
    from: null,
    why: 'bench',
  }))
  void createJobsRepository(database, clock, log).save(changes)
  database.close()
  if (account === undefined) return
  for (const name of readdirSync(profile)) chownSync(join(profile, name), account.uid, account.gid)
}

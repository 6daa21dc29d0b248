import { systemClock } from '../../../../main/adapters/clock.ts'
import type { Session, System } from '../../../../main/core/systems/system.ts'
import { seconds } from '../../../../main/core/time.ts'
import { completedJob } from '../../../fakes/deliveries-world.ts'
import { fakeSystem } from '../../../fakes/fake-system.ts'

/** A system with one job, whose one file is whatever is served: fetched as Concur's client fetches a file. */
export function fileSystem(): {
  readonly system: System
  readonly session: Omit<Session, 'http'>
  serve(url: string): void
} {
  let url = ''
  const { rawStatus, startedAt, endedAt } = completedJob()
  const origin = 'http://127.0.0.1'
  const system: System = {
    ...fakeSystem(systemClock),
    job: async (_session, _definition, id) => ({
      ...{ id, status: 'completed', rawStatus: rawStatus ?? '', startedAt, endedAt, hasFiles: true, raw: {} },
    }),
    files: async () => ({ files: [{ id: 'file', name: null }], missing: [] }),
    async open({ http, headers }) {
      const patience = { answerWithin: seconds(60), stallAfter: seconds(60) }
      return http.send({ method: 'GET', url, headers, ...patience })
    },
  }
  return {
    system,
    session: {
      origin,
      trust: { origins: [origin], practice: true },
      headers: {},
      own: {},
      outputMaps: [],
      turn: async () => {},
    },
    serve(served) {
      url = served
    },
  }
}

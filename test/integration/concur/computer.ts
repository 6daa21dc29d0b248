import { afterEach } from 'vitest'
import { createConnectionsRepository } from '../../../main/adapters/database/repositories/connections.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { nodeSourceFolders } from '../../../main/adapters/files/source-folders.ts'
import { SessionSecrets } from '../../../main/adapters/secrets/session-secrets.ts'
import { createConnectionsService } from '../../../main/core/connections/connections-service.ts'
import { createRefusedSecrets } from '../../../main/core/connections/refused-secrets.ts'
import { createSecretStore } from '../../../main/core/connections/secret-store.ts'
import { createSessions } from '../../../main/core/connections/sessions.ts'
import type { Turns } from '../../../main/core/connections/turns.ts'
import { createEvents } from '../../../main/core/events.ts'
import { createRedactor } from '../../../main/core/policy/redact.ts'
import type { Clock, Http } from '../../../main/core/ports.ts'
import { createSystems } from '../../../main/core/systems/registry.ts'
import { type Practice, type PracticeOptions, startPractice } from '../../../main/practice/index.ts'
import type { NewConnection } from '../../../preload/contract/types.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { MemorySecrets } from '../../fakes/memory-secrets.ts'
import { createNodeHttp } from '../../fakes/node-http.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

const running: Practice[] = []
afterEach(async () => {
  for (const practice of running.splice(0)) await practice.close()
})

/** Called between any two effects of a process; what it throws ends the process there, as a kill would. */
export type Between = (what: string) => void

/** A computer with a profile, a keychain and the practice system beside it, on which processes are started. */
export async function computer<C extends Clock>(clock: C, options: PracticeOptions = {}) {
  const practice = await startPractice({ now: clock.now, ...options })
  running.push(practice)
  const keychain = new MemorySecrets()
  const ids = countingIds()
  const database = tempDatabase()
  const repository = createConnectionsRepository(database, clock, memoryLog())

  type Start = { between?: Between; http?: Http; turns?: Turns }
  function start({ between = () => {}, http = createNodeHttp(), turns = () => async () => {} }: Start = {}) {
    const log = memoryLog()
    const redactor = createRedactor()
    const events = createEvents(error => {
      throw error
    })
    const around = async <T>(what: string, effect: () => Promise<T>): Promise<T> => {
      between(`before ${what}`)
      const result = await effect()
      between(`after ${what}`)
      return result
    }
    const ourClock: Clock = {
      now: clock.now,
      // A process that was killed hears of no timer.
      wake: (at, run) =>
        clock.wake(at, () => {
          try {
            between('a timer')
          } catch {
            return
          }
          run()
        }),
    }
    const keeping = createConnectionsRepository(database, ourClock, log)
    const parts = {
      clock: ourClock,
      ids,
      events,
      log,
      refused: createRefusedSecrets(ourClock),
      http: {
        send: (request: Parameters<Http['send']>[0]) =>
          around(`${request.method} ${new URL(request.url).pathname}`, () => http.send(request)),
      },
      systems: createSystems({
        clock: ourClock,
        ids,
        mask: redactor.text,
        maskValue: redactor.value,
        keepAnswer: () => {},
        folders: nodeSourceFolders,
      }),
      leases: {
        async take(name: string) {
          const lease = await createLeases(database, ourClock, ids).take(name)
          between('taking the lease')
          return lease && { lost: lease.lost, release: () => around('releasing the lease', lease.release) }
        },
      },
      connections: {
        ...keeping,
        save: (...words: Parameters<typeof keeping.save>) =>
          around('saving the row', () => keeping.save(...words)),
      },
      turns,
      store: createSecretStore({
        keychain: {
          get: account => around('reading the keychain', () => keychain.get(account)),
          set: (account, secrets) => around('writing the keychain', () => keychain.set(account, secrets)),
          delete: account => around('clearing the keychain', () => keychain.delete(account)),
          health: () => keychain.health(),
        },
        session: new SessionSecrets(),
        profileId: 'profile-1',
        redactor,
      }),
    }
    const sessions = createSessions({ ...parts, busy: async () => false })
    return {
      sessions,
      service: createConnectionsService({ ...parts, sessions }),
      log,
      systems: parts.systems,
    }
  }

  const connection = (more: Partial<NewConnection> = {}): NewConnection => ({
    name: 'Practice',
    system: 'concur',
    url: practice.concur.url,
    mark: 'practice',
    auth: 'refresh-token',
    secrets: practice.concur.signIn['refresh-token'],
    keep: 'keychain',
    ...more,
  })

  return { clock, practice, keychain, repository, start, connection }
}

export const practiceComputer = (options?: PracticeOptions) => computer(fakeClock(), options)

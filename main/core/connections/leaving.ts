import { errorView } from '../errors.ts'
import type { Clock, Log } from '../ports.ts'
import type { Session, System } from '../systems/system.ts'
import { addMillis, type Millis, seconds } from '../time.ts'

export interface Leaving {
  /** Ends a session at its system, in the background: whoever is done with it does not wait. */
  leave(session: Session, system: System): void
  /** Resolves when all that were left have ended, or have had their time. */
  left(): Promise<void>
}

/** A server that does not answer ends its sessions by itself some day; nobody's quitting waits for it. */
const most: Millis = seconds(3)

/** A session that nobody uses is signed out: licences and sessions are counted, and an open one is a key left behind. */
export function createLeaving({ clock, log }: { readonly clock: Clock; readonly log: Log }): Leaving {
  const leaving = new Set<Promise<void>>()

  async function inTime(work: Promise<void>): Promise<void> {
    let cancel = () => {}
    const late = new Promise<void>(resolve => {
      cancel = clock.wake(addMillis(clock.now(), most), resolve)
    })
    await Promise.race([work, late])
    cancel()
  }

  return {
    leave(session, system) {
      if (system.signOut === null) return
      const ending = inTime(
        system.signOut(session).catch(error => {
          log.write('info', 'sign-out.failed', { system: system.name, error: errorView(error) })
        }),
      ).finally(() => leaving.delete(ending))
      leaving.add(ending)
    },
    async left() {
      await Promise.all(leaving)
    },
  }
}

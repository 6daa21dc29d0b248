import { errorView, isAppError } from '../errors.ts'
import type { ConnectionId } from '../ids.ts'
import type { Clock, Log } from '../ports.ts'
import type { Session, System } from '../systems/system.ts'
import { addMillis } from '../time.ts'

export type KeepAliveParts = {
  readonly clock: Clock
  readonly log: Log
  /** Whether jobs of this connection run: for them its session is kept. */
  readonly busy: (id: ConnectionId) => Promise<boolean>
}

/**
 * Keeps a session from ending for as long as jobs of its connection run, as often as its system wants; does nothing
 * where that is never. `ended` is called once, when the system says that the session is over. Returns its cancel.
 */
export function keptAlive(
  { clock, log, busy }: KeepAliveParts,
  id: ConnectionId,
  session: Session,
  system: System,
  ended: () => void,
): () => void {
  const { keepAliveEvery } = system.capabilities
  const { keepAlive } = system
  if (keepAliveEvery === null || keepAlive === null) return () => {}
  let stopped = false
  let cancel = next(keepAliveEvery)

  function next(every: number): () => void {
    return clock.wake(addMillis(clock.now(), every), () => void beat(every))
  }

  async function beat(every: number): Promise<void> {
    try {
      if (await busy(id)) await keepAlive?.(session)
    } catch (error) {
      if (stopped) return
      if (isAppError(error, 'session-expired')) return ended()
      // The next call that matters says what is wrong, if it still is.
      log.write('debug', 'keep-alive.failed', { connection: id, error: errorView(error) })
    }
    if (!stopped) cancel = next(every)
  }

  return () => {
    stopped = true
    cancel()
  }
}

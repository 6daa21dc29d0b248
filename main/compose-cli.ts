import { userInfo } from 'node:os'
import { systemClock } from './adapters/clock.ts'
import type { OpenDesk } from './cli/command.ts'
import { composeDesk } from './compose-desk.ts'
import { composeLog } from './compose-log.ts'
import { createThisRun } from './core/connections/this-run.ts'

export type CommandDesk = { readonly open: OpenDesk; stop(): Promise<void> }

/**
 * The desk of a profile for one command. `ended`: the command's end, which the desk's own end waits for a moment.
 * Throws what composeDesk throws.
 */
export async function openCommandDesk(profile: string, ended: Promise<unknown>): Promise<CommandDesk> {
  const { log, redactor } = composeLog(profile)
  const thisRun = createThisRun()
  const composed = await composeDesk({ profile, log, redactor, command: { thisRun } })
  const { desk, events, scope, lifecycle } = composed
  void lifecycle.accept(async () => void (await ended))
  let begun: Promise<void> | null = null
  return {
    open: {
      desk,
      events,
      scope,
      thisRun,
      clock: systemClock,
      account: userInfo().username,
      begin() {
        begun ??= composed.beginInScope()
        return begun
      },
    },
    stop: () => composed.stop([]),
  }
}

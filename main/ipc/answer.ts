import type { Envelope } from '../../preload/contract/errors.ts'
import { AppError, errorView, isAppError } from '../core/errors.ts'
import type { Sender } from '../core/policy/sender.ts'
import type { Log } from '../core/ports.ts'
import type { Router } from './router.ts'
import { limits, sizeOf } from './size.ts'

export type Door = {
  readonly trusts: (sender: Sender) => boolean
  /**
   * What stands behind the door. Calls that come before the profile is open wait on it; where it could not be opened
   * they are answered with why.
   */
  readonly router: Promise<Router>
  readonly log: Log
}

/**
 * One call through the door: sender → count and size → barrier → schema → handler → envelope. Never rejects: Electron
 * keeps of an error its message alone, and what a fault of ours says is for the log, not for the page.
 */
export async function answer(
  door: Door,
  channel: string,
  sender: Sender,
  args: readonly unknown[],
): Promise<Envelope<unknown>> {
  try {
    if (!door.trusts(sender)) throw new AppError('forbidden', { facts: { channel } })
    if (args.length > limits.arguments || sizeOf(args) === null) throw new AppError('too-large')
    const route = await door.router
    return { ok: true, value: await route(channel, args) }
  } catch (error) {
    report(door.log, channel, error)
    return { ok: false, error: errorView(error) }
  }
}

function report(log: Log, channel: string, error: unknown): void {
  if (isAppError(error, 'forbidden', 'too-large'))
    log.write('warn', 'call-refused', { channel, code: error.code })
  else if (!isAppError(error)) {
    log.write('error', 'call-failed', {
      channel,
      message: error instanceof Error ? error.message : String(error),
      stack: error instanceof Error ? error.stack : undefined,
    })
  }
}

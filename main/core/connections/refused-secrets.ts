import { createHash } from 'node:crypto'
import { AppError, isAppError } from '../errors.ts'
import type { Clock, SecretBundle } from '../ports.ts'
import type { Instant } from '../time.ts'
import type { Connection } from './types.ts'

type Account = Pick<Connection, 'url' | 'auth' | 'signIn'>

/**
 * Secrets that a system has refused, so that none is tried a second time: not typed once more, nor for another
 * connection to the same place (product.md, rule 8). A locked account or a missing right says nothing of the secret,
 * and may be put right elsewhere: those are not remembered. In memory, as digests. Secrets that have signed this very
 * connection in since, in whatever process they were given, are good again.
 */
export interface RefusedSecrets {
  /** Throws `sign-in-refused` with the fact `before` where these were refused. */
  check(account: Account, secrets: SecretBundle): void
  /** Remembers the secrets where this error refused them. */
  note(account: Account, secrets: SecretBundle, error: unknown): void
}

export function createRefusedSecrets(clock: Pick<Clock, 'now'>): RefusedSecrets {
  const refused = new Map<string, { readonly cause: AppError; readonly at: Instant }>()
  return {
    check(account, secrets) {
      const known = refused.get(digestOf(account, secrets))
      if (known === undefined || wasProvedSince(account, known.at)) return
      const { cause } = known
      throw new AppError('sign-in-refused', { facts: { before: true, sent: false }, said: cause.said, cause })
    },
    note(account, secrets, error) {
      if (isAppError(error, 'sign-in-refused'))
        refused.set(digestOf(account, secrets), { cause: error, at: clock.now() })
    },
  }
}

/** A refusal writes its row after it was noted, and the row that follows a sign-in is later than that one. */
const wasProvedSince = ({ signIn }: Account, at: Instant): boolean =>
  signIn.state === 'ok' && signIn.changedAt > at

const digestOf = ({ url, auth }: Pick<Account, 'url' | 'auth'>, secrets: SecretBundle): string =>
  createHash('sha256')
    .update(JSON.stringify([url, auth, Object.entries(secrets).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('hex')

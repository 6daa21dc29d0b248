import { createHash } from 'node:crypto'
import { AppError, isAppError } from '../errors.ts'
import type { SecretBundle } from '../ports.ts'
import type { Connection } from './types.ts'

type Account = Pick<Connection, 'url' | 'auth'>

/**
 * Secrets that a system has refused, so that none is tried a second time: not typed once more, nor for another
 * connection to the same place (product.md, rule 8). A locked account or a missing right says nothing of the secret,
 * and may be put right elsewhere: those are not remembered. In memory, as digests: who knows that a secret is good
 * again starts the app anew.
 */
export interface RefusedSecrets {
  /** Throws `sign-in-refused` with the fact `before` where these were refused. */
  check(account: Account, secrets: SecretBundle): void
  /** Remembers the secrets where this error refused them. */
  note(account: Account, secrets: SecretBundle, error: unknown): void
}

export function createRefusedSecrets(): RefusedSecrets {
  const refused = new Map<string, AppError>()
  return {
    check(account, secrets) {
      const cause = refused.get(digestOf(account, secrets))
      if (cause === undefined) return
      throw new AppError('sign-in-refused', { facts: { before: true, sent: false }, said: cause.said, cause })
    },
    note(account, secrets, error) {
      if (isAppError(error, 'sign-in-refused')) refused.set(digestOf(account, secrets), error)
    },
  }
}

const digestOf = ({ url, auth }: Account, secrets: SecretBundle): string =>
  createHash('sha256')
    .update(JSON.stringify([url, auth, Object.entries(secrets).sort(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('hex')

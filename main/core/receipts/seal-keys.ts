import { AppError, isAppError } from '../errors.ts'
import type { Leases, Log, SecretBundle, Secrets } from '../ports.ts'
import type { SealKey } from './seal.ts'
import type { ChainLink, NumberRange, Vouched } from './types.ts'

export type SealKeysParts = {
  readonly secrets: Secrets
  readonly leases: Leases
  readonly log: Log
  readonly profileId: string
  /** A new key: 256 bits that nobody can guess, as text. */
  readonly newKey: () => string
}

/** The profile's key for its receipts. It is read each time: another process may have made it, or the user removed it. */
export interface SealKeys {
  /** Null: there is none. Throws `keychain-unavailable`. */
  find(): Promise<SealKey | null>
  /** Makes the key where there is none yet; null where no key can be had now. A delivery never fails for that. */
  findOrMake(): Promise<SealKey | null>
  /** Notes what the key vouches for. Where that fails the seal in the database says it all the same. */
  note(key: SealKey, vouched: Vouched): Promise<void>
}

/** One process of a profile makes the key, or the seal of one would be a stranger's to the other. */
const leaseName = 'receipts-key'

export function createSealKeys({ secrets, leases, log, profileId, newKey }: SealKeysParts): SealKeys {
  const account = `${profileId}/receipts`
  let making: Promise<SealKey | null> | null = null

  async function find(): Promise<SealKey | null> {
    try {
      const bundle = await secrets.get(account)
      return bundle && keyOf(bundle)
    } catch (error) {
      // An entry that is damaged is a key that was lost.
      if (isAppError(error, 'secrets-missing')) return null
      throw error
    }
  }

  async function make(): Promise<SealKey | null> {
    const lease = await leases.take(leaseName)
    if (!lease) return null
    try {
      const there = await find()
      if (there) return there
      const key: SealKey = { secret: newKey(), noted: null }
      await secrets.set(account, { key: key.secret })
      return key
    } finally {
      await lease.release()
    }
  }

  function makeOnce(): Promise<SealKey | null> {
    making ??= make().finally(() => {
      making = null
    })
    return making
  }

  async function orWithout<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      const reason = error instanceof AppError ? error.code : String(error)
      log.write('warn', 'receipts.key-not-at-hand', { reason })
      return null
    }
  }

  return {
    find,
    findOrMake: () => orWithout(async () => (await find()) ?? makeOnce()),
    async note(key, vouched) {
      await orWithout(async () => {
        const now = await find()
        // Not back to what an earlier receipt left, and not over a key that came instead of this one.
        if (now?.secret !== key.secret || (now.noted?.head.number ?? 0) >= vouched.head.number) return
        await secrets.set(account, { key: key.secret, vouched: JSON.stringify(vouched) })
      })
    },
  }
}

function keyOf({ key, vouched }: SecretBundle): SealKey | null {
  return key === undefined ? null : { secret: key, noted: vouched === undefined ? null : vouchedOf(vouched) }
}

/** Null for what we did not write: the key then vouches for what it sealed, and for nothing more. */
function vouchedOf(text: string): Vouched | null {
  try {
    const { head, unproven } = JSON.parse(text) as {
      readonly head: ChainLink
      readonly unproven: NumberRange[]
    }
    const { id, number, hash } = head
    return { head: { id, number, hash }, unproven: unproven.map(({ from, to }) => ({ from, to })) }
  } catch {
    return null
  }
}

import type { ConnectionView } from '../../../preload/contract/types.ts'
import { AppError, isAppError } from '../errors.ts'
import type { Redactor } from '../policy/redact.ts'
import type { SecretBundle, Secrets } from '../ports.ts'
import type { Connection } from './types.ts'

export type SecretStoreParts = {
  readonly keychain: Secrets
  /** In memory until quit. */
  readonly session: Secrets
  readonly profileId: string
  readonly redactor: Pick<Redactor, 'learn'>
}

type Owner = Pick<Connection, 'id' | 'keep'>

/** The secrets of connections, in the one place where each is kept. Whatever passes through here is masked in logs. */
export interface SecretStore {
  get(owner: Owner): Promise<SecretBundle | null>
  /**
   * Returns where they are now: in memory where the keychain took them and does not have them (VDI), so that what they
   * give can be used until quit all the same.
   */
  set(owner: Owner, secrets: SecretBundle): Promise<Connection['keep']>
  delete(owner: Owner): Promise<void>
  /** Removes what the other place may still have of it. A keychain that does not answer has to wait for another time. */
  sweep(owner: Owner): Promise<void>
  /** Throws `keychain-unavailable` before anything is asked of a system whose answer could not be kept. */
  checkReady(keep: Connection['keep']): Promise<void>
  /** Where they are, without reading them: a keychain may ask the user each time. */
  place(owner: Owner): Promise<ConnectionView['secrets']>
  /** To be called with secrets before they are used for the first time. */
  mask(secrets: SecretBundle): void
}

/** What is no secret; masked, it would make logs unreadable. */
const plainFields: readonly string[] = ['scheme', 'username', 'userId']

export function createSecretStore({ keychain, session, profileId, redactor }: SecretStoreParts): SecretStore {
  const placeOf = ({ keep }: Owner) => (keep === 'keychain' ? keychain : session)
  const accountOf = ({ id }: Owner) => `${profileId}/${id}`

  function mask(secrets: SecretBundle): void {
    for (const [field, secret] of Object.entries(secrets)) {
      if (!plainFields.includes(field)) redactor.learn(secret)
    }
  }

  /** An older value must not stay where the keychain kept that one: it would be taken for the newest. */
  async function inMemory(owner: Owner, secrets: SecretBundle): Promise<'session'> {
    await session.set(accountOf(owner), secrets)
    await remove(keychain, owner)
    return 'session'
  }

  async function remove(place: Secrets, owner: Owner): Promise<void> {
    await place.delete(accountOf(owner)).catch((error: unknown) => {
      if (!isAppError(error, 'keychain-unavailable')) throw error
    })
  }

  return {
    mask,
    async get(owner) {
      const secrets = await placeOf(owner).get(accountOf(owner))
      if (secrets) mask(secrets)
      return secrets
    },
    async set(owner, secrets) {
      mask(secrets)
      try {
        await placeOf(owner).set(accountOf(owner), secrets)
        return owner.keep
      } catch (error) {
        if (isAppError(error, 'keychain-forgets')) return inMemory(owner, secrets)
        throw error
      }
    },
    delete: owner => placeOf(owner).delete(accountOf(owner)),
    sweep: owner => remove(owner.keep === 'keychain' ? session : keychain, owner),
    async checkReady(keep) {
      if (keep === 'keychain' && (await keychain.health()) === 'unavailable') {
        throw new AppError('keychain-unavailable')
      }
    },
    async place(owner) {
      if (owner.keep === 'keychain') return 'keychain'
      return (await session.get(accountOf(owner))) === null ? 'none' : 'session'
    },
  }
}

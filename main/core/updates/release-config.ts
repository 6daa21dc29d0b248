import { createPublicKey } from 'node:crypto'
import { z } from 'zod'
import { isUpdateServer } from '../policy/managed.ts'

/** Whose updates a build takes, as build/stage.mjs writes it into the app's package.json. */
export type ReleaseConfig = {
  /** The folder of the update server. */
  readonly url: string
  /** Ed25519, each the base64 of its SubjectPublicKeyInfo; more than one while a key is being changed. */
  readonly publicKeys: readonly string[]
  /** Windows: who must have signed an installer, besides. */
  readonly publishers: readonly string[]
}

const schema = z.strictObject({
  url: z.string().refine(isUpdateServer),
  publicKeys: z.array(z.string().refine(isEd25519)).min(1),
  publishers: z.array(z.string()),
})

/** Null where nothing is set up, or where what is there cannot be read: nobody is believed then. */
export function readReleaseConfig(value: unknown): ReleaseConfig | null {
  const read = schema.safeParse(value)
  return read.success ? read.data : null
}

function isEd25519(key: string): boolean {
  try {
    const made = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
    return made.asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}

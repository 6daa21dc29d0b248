import type { Instant, Millis } from '../../time.ts'

/**
 * A definition or a job as it came, before anything is made of it: its fields by local name, in the order they came.
 * A name may come twice (the documents list `id` twice for a job's status).
 */
export type Fields = readonly (readonly [name: string, text: string])[]

/** The form that is posted to the token endpoint. */
export type TokenForm = Readonly<Record<string, string>>

/** The token endpoint's answer, as far as it is used. Unknown keys are common and ignored. */
export type TokenAnswer = {
  readonly accessToken: string
  readonly lifetime: Millis | null
  readonly refreshToken: string | null
  readonly refreshExpiresAt: Instant | null
  /** Origin of the data centre that calls go to from now on. */
  readonly geolocation: string | null
}

/** The body of the token endpoint's refusal. */
export type TokenRefusal = {
  /** SAP's own number; null where the body had none. */
  readonly code: number | null
  /** OAuth's word for it: `invalid_grant`, `invalid_client`, … */
  readonly word: string | null
  readonly geolocation: string | null
}

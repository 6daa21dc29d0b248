/**
 * The one face of the three systems. A system is a folder with the same four files (adapter, client, transform,
 * types); what it cannot do is said by its capabilities, and nobody outside the folder asks for its name.
 */
import type { AuthKind, JobStatus, SystemName } from '../../../preload/contract/words.ts'
import type { RemoteId } from '../ids.ts'
import type { Http, HttpAnswer, SecretBundle } from '../ports.ts'
import type { Instant, Millis, SystemTime } from '../time.ts'

export type Capabilities = {
  /** Who keeps the definitions: the server, or we. */
  readonly definitions: 'server' | 'kept'
  readonly cancelJob: boolean
  /** After a lost answer, the job list can tell whether the job was started. */
  readonly listTellsStarts: boolean
  /** How many jobs of a definition the list shows; older ones fall off. Null: no limit known. */
  readonly jobListLimit: number | null
  /** Never ask more often than this, for one definition's list or one job. */
  readonly pollFloor: Millis
  /** How long a finished job's files can be fetched. Null: not stated. */
  readonly filesLiveFor: Millis | null
  readonly authKinds: readonly AuthKind[]
}

/** Where a token may be sent. Built from the connection's own URL and what a sign-in answer named (product.md, rule 7). */
export type TrustSet = { readonly origins: readonly string[]; readonly practice: boolean }

/** The place to sign in to, and the trust that comes with it. */
export type SignInTarget = {
  readonly url: string
  /** The origin an earlier sign-in named (Concur: geolocation), where there was one. */
  readonly knownOrigin: string | null
  readonly auth: AuthKind
  readonly practice: boolean
}

/** What a sign-in gave. `keep` must be stored before the token is used for the first time. */
export type SignedIn = {
  readonly token: string
  readonly scheme: 'Bearer' | 'OAuth'
  /** When the token ends; null where the system does not say. */
  readonly tokenExpiresAt: Instant | null
  /** The origin that calls go to from now on. */
  readonly origin: string
  /** Secrets to store in place of the old ones (a rotated refresh token); null: unchanged. */
  readonly keep: SecretBundle | null
  /** When the long-lived secret ends. */
  readonly secretsExpireAt: Instant | null
}

/** A signed-in connection as a system's client sees it; made and renewed by core/connections. */
export type Session = {
  readonly http: Http
  readonly origin: string
  readonly trust: TrustSet
  /** Authorization and whatever else every call of this session carries. */
  readonly headers: Readonly<Record<string, string>>
}

export type RemoteDefinition = { readonly id: RemoteId; readonly name: string }

export type RemoteJob = {
  readonly id: RemoteId
  readonly status: JobStatus
  readonly rawStatus: string
  readonly startedAt: SystemTime | null
  readonly endedAt: SystemTime | null
  /** The system named a place for its files. */
  readonly hasFiles: boolean
  /** The system's own fields, for `job show` and the support bundle. */
  readonly raw: Readonly<Record<string, unknown>>
}

export type JobList = {
  /** Newest first. */
  readonly jobs: readonly RemoteJob[]
  /**
   * When those began that the system listed without an id. Nothing can be asked about them, and nothing may be done as
   * if they were not there: one may be the start that is looked for.
   */
  readonly nameless: readonly (SystemTime | null)[]
}

/** One thing to download for a job: for Concur always one, a csv or a zip. */
export type RemoteFile = {
  readonly id: string
  /** The server's own name where it is known before the download. */
  readonly name: string | null
}

export type Range = { readonly from: number; readonly validator: string }

export interface System {
  readonly name: SystemName
  readonly capabilities: Capabilities
  /**
   * Throws `sign-in-refused`, `sign-in-expired`, `sign-in-locked` or `permission-missing` (none to be tried again
   * before the user acts), `secrets-missing`, or a network code.
   */
  signIn(http: Http, target: SignInTarget, secrets: SecretBundle): Promise<SignedIn>
  /** The trust that a sign-in at this target may build; `origin` is what the answer named. */
  trust(target: SignInTarget, origin: string): TrustSet
  definitions(session: Session): Promise<readonly RemoteDefinition[]>
  definition(session: Session, id: RemoteId): Promise<RemoteDefinition>
  jobs(session: Session, definition: RemoteId): Promise<JobList>
  job(session: Session, definition: RemoteId, job: RemoteId): Promise<RemoteJob>
  /** The one call that is never repeated. Throws `already-running` on 409; any network code means: outcome unknown. */
  start(session: Session, definition: RemoteId): Promise<RemoteJob>
  files(session: Session, definition: RemoteId, job: RemoteJob): Promise<readonly RemoteFile[]>
  /** Opens a file's bytes; status 200 or 206 only, anything else is thrown with its code. */
  open(
    session: Session,
    definition: RemoteId,
    job: RemoteId,
    file: RemoteFile,
    range: Range | null,
  ): Promise<HttpAnswer>
}

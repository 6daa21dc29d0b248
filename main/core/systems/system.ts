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
  /** What one list shows: the jobs of a definition, or those of the whole connection. */
  readonly listOf: 'definition' | 'connection'
  readonly cancelJob: boolean
  /** After a lost answer, the job list can tell whether the job was started. */
  readonly listTellsStarts: boolean
  /** How many jobs a list shows; older ones fall off. Null: all. */
  readonly jobListLimit: number | null
  /** Never ask more often than this, for one definition's list or one job. */
  readonly pollFloor: Millis
  /** How long a finished job's files can be fetched. Null: not stated, for this job or for any. */
  readonly filesLiveFor: (id: RemoteId) => Millis | null
  /** Files lie in a folder of the server, and the connection says where that is for this computer. */
  readonly filesInFolders: boolean
  /** A run takes what has come since the one before it: a run that nobody saves is missing from what was saved. */
  readonly takesOnlyNew: boolean
  /** How often `keepAlive` is called while jobs run; null: never. */
  readonly keepAliveEvery: Millis | null
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

/** What a sign-in gave. `keep` must be stored before the session is used for the first time. */
export type SignedIn = {
  /** What every call of the session carries: Authorization, or whatever this system knows its sessions by. */
  readonly headers: Readonly<Record<string, string>>
  /** What the sign-in said that the system's own calls need beside them: a session id that stands in every path. */
  readonly own: Readonly<Record<string, string>>
  /** When the session ends; null where the system does not say. */
  readonly sessionExpiresAt: Instant | null
  /** The origin that calls go to from now on. */
  readonly origin: string
  /** Secrets to store in place of the old ones (a rotated refresh token); null: unchanged. */
  readonly keep: SecretBundle | null
  /** When the long-lived secret ends. */
  readonly secretsExpireAt: Instant | null
}

/** A folder as the server names it, and where it lies for this computer. */
export type OutputMap = { readonly server: string; readonly local: string }

/** A signed-in connection as a system's client sees it; made and renewed by core/connections. */
export type Session = Pick<SignedIn, 'origin' | 'headers' | 'own'> & {
  readonly http: Http
  readonly trust: TrustSet
  readonly outputMaps: readonly OutputMap[]
  /**
   * Waits until the server may be asked about `what` again, `every` after anybody last did: by any connection to it, in
   * any process of the profile, and across restarts. Resolves when the turn is taken: ask at once.
   */
  turn(what: string, every: Millis): Promise<void>
}

/** From the first moment of a period to the first one after it. */
export type Period = { readonly from: Instant; readonly to: Instant }

export type RemoteDefinition = { readonly id: RemoteId; readonly name: string }

/** What a definition that we keep asks of its system, as cli.md's request files have it; checked by `readRequest`. */
export type KeptRequest = Readonly<Record<string, unknown>>

/** A definition as its system needs it. */
export type Target = {
  /** The server's id; of a definition that we keep, one of our own. */
  readonly id: RemoteId
  readonly name: string
  /** Null where the server keeps the definition, and for jobs that belong to none. */
  readonly request: KeptRequest | null
}

export type RemoteJob = {
  readonly id: RemoteId
  readonly status: JobStatus
  readonly rawStatus: string
  readonly startedAt: SystemTime | null
  readonly endedAt: SystemTime | null
  /** The system named a place for its files. */
  readonly hasFiles: boolean
  /** Why it ended as it did, in the system's own words, masked; where it gave any. */
  readonly said?: string
  /** Who cancelled it; where the system says so. */
  readonly endedBy?: string
  /** The system says that another account than ours started it. */
  readonly byOther?: true
  /** The system's own fields, for `job show` and the support bundle. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** A listed job, and the target that it is a run of as far as the system can tell; null: of none, or nobody knows. */
export type ListedJob = RemoteJob & { readonly target: RemoteId | null }

export type ListQuestion = {
  /** One target; where lists are the connection's (`listOf`), all that it has. */
  readonly targets: readonly Target[]
  /** The jobs that the journal waits for. */
  readonly open: readonly RemoteId[]
  /** Those of them whose turn it is: where each is a question of its own, a list of some may leave out the others. */
  readonly due?: readonly RemoteId[]
  /** Which of the targets the journal has them under, as far as one of these is theirs. */
  readonly owners?: ReadonlyMap<RemoteId, RemoteId>
  /** When the last complete list came; null: none yet. */
  readonly since: Instant | null
  /** Whatever is new must be in it (before a start, after a lost answer): the list must be complete. */
  readonly complete: boolean
}

export type JobList = {
  /** Newest first. */
  readonly jobs: readonly ListedJob[]
  /**
   * When those began that the system listed without an id. Nothing can be asked about them, and nothing may be done as
   * if they were not there: one may be the start that is looked for.
   */
  readonly nameless: readonly (SystemTime | null)[]
  /** False: only what it shows is news; what it does not show may be there all the same. */
  readonly complete: boolean
}

/** One thing to fetch for a job: a csv, an archive, a document. */
export type RemoteFile = {
  readonly id: string
  /** The server's own name where it is known before the download; folders with `/`. */
  readonly name: string | null
}

export type JobFiles = {
  readonly files: readonly RemoteFile[]
  /** What the job was to bring and could not, in the system's own words. */
  readonly missing: readonly { readonly item: string; readonly said: string }[]
  /** What the system warns of besides, in its own words. */
  readonly warned?: readonly string[]
}

export type Range = { readonly from: number; readonly validator: string }

/** What the other rooms ask of a system without a session. */
export type KnownSystem = Pick<
  System,
  'capabilities' | 'readRequest' | 'requestOf' | 'periodOf' | 'mayStart' | 'asksAlike'
>

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
  /** Whether the account may do what extracts need. Throws what is in the way. */
  probe(session: Session): Promise<void>
  /** An address of the connection's that answers anybody, without a sign-in, and changes nothing: for the network doctor. */
  doorstep(connection: { readonly url: string; readonly origin: string | null }): string
  /** Ends the session at the system. Null where it keeps none. */
  readonly signOut: ((session: Session) => Promise<void>) | null
  /** Keeps the session from ending while nothing else is asked. Null where nothing does that. */
  readonly keepAlive: ((session: Session) => Promise<void>) | null

  /** The definitions that the server keeps; none where we keep them. */
  definitions(session: Session): Promise<readonly RemoteDefinition[]>
  definition(session: Session, id: RemoteId): Promise<RemoteDefinition>
  /**
   * Strictly checks a request that somebody wrote. Throws `bad-input` (facts: field) at the first unknown key or wrong
   * type, `not-supported` where the server keeps the definitions.
   */
  readRequest(request: unknown): KeptRequest
  /** The request that would run this job again; null where the job does not tell it. */
  requestOf(job: RemoteJob): KeptRequest | null
  /** The period that this job was asked for; null where it was asked for none, or does not tell. */
  periodOf(job: Pick<RemoteJob, 'raw'>): Period | null
  /**
   * Whether this job asks for what a run that is started at this moment would ask for, as far as it tells. Where it is
   * another period's, or the definition has changed since, it must not pass for that run.
   */
  asksAlike(target: Target, job: Pick<RemoteJob, 'raw'>, at: Instant): boolean
  /** Whether a run is started; else the system makes the files by itself, and a run takes the newest. */
  mayStart(target: Target): boolean

  jobs(session: Session, question: ListQuestion): Promise<JobList>
  job(session: Session, target: Target, job: RemoteId): Promise<RemoteJob>
  /** The one call that is never repeated. Throws `already-running` on 409; any network code means: outcome unknown. */
  start(session: Session, target: Target): Promise<RemoteJob>
  /** Throws `not-supported` where the system cannot (`cancelJob`). */
  cancel(session: Session, target: Target, job: RemoteId): Promise<void>
  /** None where the system has not named any yet. Throws `empty-extract` where there is a place for them, and it is empty. */
  files(session: Session, target: Target, job: RemoteJob): Promise<JobFiles>
  /**
   * Opens a file's bytes; status 200, or 206 with Content-Range where a range was asked for. A system whose files
   * come in parts, or lie in a folder, answers as if they came in one piece.
   */
  open(
    session: Session,
    target: Target,
    job: RemoteId,
    file: RemoteFile,
    range: Range | null,
  ): Promise<HttpAnswer>
}

/**
 * What the core may ask of the world. Each port is small, is passed to a constructor, and has one adapter in
 * main/adapters and one fake in test/fakes. Repositories (what is stored) stand beside the domain they store.
 */
import type { Instant, Millis } from './time.ts'
import type { ReleaseFile } from './updates/update.ts'

export interface Clock {
  now(): Instant
  /**
   * Runs once when the wall clock reads `at` or later, also after sleep; where the clock is set back meanwhile, after
   * the time that it was to take. Whoever waits for a date looks at the clock then. Returns its cancel.
   */
  wake(at: Instant, run: () => void): () => void
}

export interface Ids {
  /** A new id, unguessable and unique: `prefix-…`. */
  next(prefix: string): string
}

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent with a Content-Length; never chunked (Concur answers 400 to chunked bodies). */
  readonly body?: string
  /** How long to wait for the answer's head. */
  readonly answerWithin: Millis
  /** How long the body may stand still. */
  readonly stallAfter: Millis
  readonly signal?: AbortSignal
  /** The one certificate (SHA-256, hex) to trust although nobody vouches for it. */
  readonly certificateSha256?: string
  /** Over a connection of its own, as anything but a GET is: for who wants to see how one is made. */
  readonly fresh?: boolean
}
export type HttpAnswer = {
  readonly status: number
  /** Names in lower case; values that came several times are joined with ", ". */
  readonly headers: Readonly<Record<string, string>>
  /** The body with back-pressure; read it to its end or abort. Throws `connection-cut` when it ends early. */
  readonly body: AsyncIterable<Uint8Array>
}
export interface Http {
  /**
   * One exchange. Never follows a redirect: a 3xx is an answer. Throws AppError with a network code; its fact `sent` is
   * false only where the request certainly did not leave. Anything but a GET is sent once at most, whatever happens.
   */
  send(request: HttpRequest): Promise<HttpAnswer>
}

/** A set of secrets of one connection, as cli.md's table of sign-in kinds names them. */
export type SecretBundle = Readonly<Record<string, string>>
export interface Secrets {
  /** Null: none stored. Throws `keychain-unavailable` where no keychain answers. */
  get(account: string): Promise<SecretBundle | null>
  set(account: string, secrets: SecretBundle): Promise<void>
  delete(account: string): Promise<void>
  health(): Promise<'ok' | 'unavailable'>
}

/** What IT has decided for this computer. Its settings are names and values that nobody has checked yet. */
export type ManagedPolicy = {
  readonly settings: Readonly<Record<string, unknown>>
  /** The only hosts that may be called: a name, or `*.` and a domain. Null: any. */
  readonly allowedHosts: readonly string[] | null
  /** Whether the simulator may be used. */
  readonly practice: boolean
  readonly connections: 'changeable' | 'fixed'
  /** Whether updates are looked for; by whose word, where it is not the build's own: null. */
  readonly updates: 'off' | { readonly channel: string | null; readonly url: string | null }
  /** The parts that could not be read, and are as strict as they can be; `*`: the whole of it. */
  readonly unreadable: readonly string[]
}
export interface Policy {
  get(): Promise<ManagedPolicy>
}

export type LeaseOptions = {
  /**
   * How long what was begun under it may still have an effect when the holder's process has ended: an answer on its
   * way, a helper at the keychain. After that it can be taken from a process that certainly has ended, without waiting
   * for its heartbeat to grow old. Left out: only by its term.
   */
  readonly outlivesBy?: Millis
  /** For what is held for as long as the app runs, and may stand still for a minute: its heart beats seldom. */
  readonly resting?: boolean
}
export interface Leases {
  /** Takes the lease or returns null where another holder's heartbeat is fresh. Held across processes. */
  take(name: string, options?: LeaseOptions): Promise<Lease | null>
}
/** A lease that nobody released and nobody holds any more. */
export type LeftLease = {
  readonly name: string
  /** It is not told of again. */
  forget(): Promise<void>
}
export interface LeasesLeft {
  /** Those whose names begin so: what their holders were at was not brought to its end. */
  left(prefix: string): Promise<readonly LeftLease[]>
}
export interface LeasesElsewhere {
  /** Whether another process that lives holds any lease of this profile. */
  elsewhere(): Promise<boolean>
}
export interface Lease {
  /** Aborted when the lease was lost (the process slept longer than its term and another one took it). */
  readonly lost: AbortSignal
  release(): Promise<void>
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export interface Log {
  /** One event with its facts. The sink masks secrets and bank data; callers need not. */
  write(level: LogLevel, event: string, facts?: Readonly<Record<string, unknown>>): void
}

export interface Power {
  /** The computer woke or was unlocked, or the network came back: recompute what is due. */
  onWake(run: () => void): () => void
  online(): boolean
  onOnlineChange(run: (online: boolean) => void): () => void
}

export interface Metered {
  /** Whether what is fetched now may be paid for by its size; null: this platform does not tell. */
  metered(): boolean | null
  onChange(run: () => void): () => void
}

export type Note = { readonly title: string; readonly body: string; readonly button: string | null }
export interface Notifier {
  /** Shows one notification. `chosen` runs when it or its button is clicked, however late; the desktop may have no button. */
  show(note: Note, chosen: (what: 'note' | 'button') => void): void
}

/** The folder in which an update waits. One file at a time; whatever else lies there is removed. */
export interface UpdateFolder {
  /** Writes a file to the disk, piece by piece. Throws `no-space`, `folder-not-writable`, or what the pieces throw. */
  save(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void>
  /** What the file holds at this moment, read through one descriptor; null where it is not there. */
  measure(name: string): Promise<Pick<ReleaseFile, 'size' | 'sha512'> | null>
  clear(): Promise<void>
}
export interface UpdateInstaller {
  /** The extension of the files that replace this copy of the app; null: it cannot replace itself. */
  kind(): Promise<string | null>
  /**
   * Replaces the app, which ends right after it. Throws `update-refused` where the file's bytes are not the named ones
   * any more, `update-not-installed` where the platform did not do it.
   */
  install(file: ReleaseFile, version: string, restart: boolean): Promise<void>
  /** The version whose installing was begun last; null: none since the last one was fetched. */
  attempted(): Promise<string | null>
}

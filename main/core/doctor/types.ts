import type { Diagnosis } from '../../../preload/contract/doctor.ts'
import type { ConnectionId } from '../ids.ts'

/** A certificate as a server last showed it to this app. */
export type SeenCertificate = {
  readonly subject: string
  readonly issuer: string
  /** SHA-256, hex. */
  readonly fingerprint: string
  /** `2031-01-02` */
  readonly validFrom: string
  readonly validUntil: string
  /** From the server's own up to the root, by name. */
  readonly chain: readonly string[]
  /** The root is one that Chromium ships with, and not one that somebody has installed on this computer. */
  readonly publicRoot: boolean
  /** The computer trusts it. */
  readonly trusted: boolean
}

/** What the network stack knows of the way to a host, without asking anything of it. */
export interface Network {
  /** Its addresses. Throws `host-not-found`. */
  resolve(host: string): Promise<readonly string[]>
  /** Which way a URL goes, in a proxy script's words: `DIRECT`, `PROXY proxy.acme.example:8080; DIRECT`. */
  route(url: string): Promise<string>
  /** Null: none was seen since the start of the app. */
  certificate(host: string): SeenCertificate | null
}

/** The last examination of each connection, for the support bundle. */
export interface DiagnosesRepository {
  save(diagnosis: Diagnosis): Promise<void>
  last(id: ConnectionId): Promise<Diagnosis | null>
  /** Newest first. */
  all(): Promise<readonly Diagnosis[]>
}

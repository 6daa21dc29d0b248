import type { Certificate, Session } from 'electron'
import type { ErrorFacts } from '../../../preload/contract/errors.ts'

/**
 * Remembers what was wrong with a host's certificate, so that the error can name it and the user can pin it: a
 * request's own error is only a name. It decides nothing; Chromium and the certificates of the computer do, and beside
 * them the one certificate that the user pinned for the connection that the session belongs to.
 */
export class CertificateFindings {
  readonly #byHost = new Map<string, ErrorFacts>()

  /** @param pinned SHA-256 of the certificate that requests of this session may trust too, in hex; null: none */
  watch(session: Session, pinned: string | null): void {
    session.setCertificateVerifyProc(({ hostname, certificate, errorCode }, decide) => {
      const fingerprint = hexFingerprint(certificate.fingerprint)
      if (errorCode !== 0) this.#byHost.set(hostname, factsOf(certificate, fingerprint))
      decide(errorCode !== 0 && fingerprint === pinned ? trusted : usesChromiumsVerdict)
    })
  }

  /** The certificate last found wrong there; empty where none was. */
  factsOf(hostname: string): ErrorFacts {
    return this.#byHost.get(hostname) ?? {}
  }
}

const trusted = 0
const usesChromiumsVerdict = -3

const factsOf = (certificate: Certificate, fingerprint: string): ErrorFacts => ({
  issuer: certificate.issuerName,
  subject: certificate.subjectName,
  fingerprint,
  validFrom: dayOf(certificate.validStart),
  validUntil: dayOf(certificate.validExpiry),
})

/** `2031-01-02`, of seconds since 1970. */
const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)

/** Electron writes `sha256/` and base64; people and command lines compare hex. */
function hexFingerprint(fingerprint: string): string {
  return Buffer.from(fingerprint.replace(/^sha256\//, ''), 'base64').toString('hex')
}

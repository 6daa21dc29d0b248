import type { Certificate, Session } from 'electron'
import type { ErrorFacts } from '../../../preload/contract/errors.ts'
import type { SeenCertificate } from '../../core/doctor/types.ts'

/**
 * Remembers each host's certificate, so that an error can name one that was refused and the user can pin it, and the
 * network doctor can name who issued it: a request's own error is only a name. It decides nothing; Chromium and the
 * certificates of the computer do, and beside them the one certificate that the user pinned for the connection that the
 * session belongs to.
 */
export class CertificateFindings {
  readonly #wrong = new Map<string, ErrorFacts>()
  readonly #seen = new Map<string, SeenCertificate>()

  /** @param pinned SHA-256 of the certificate that requests of this session may trust too, in hex; null: none */
  watch(session: Session, pinned: string | null): void {
    session.setCertificateVerifyProc((request, decide) => {
      const { hostname, certificate, errorCode } = request
      const fingerprint = hexFingerprint(certificate.fingerprint)
      if (errorCode !== 0) this.#wrong.set(hostname, factsOf(certificate, fingerprint))
      this.#seen.set(hostname, seenIn(request, fingerprint))
      decide(errorCode !== 0 && fingerprint === pinned ? trusted : usesChromiumsVerdict)
    })
  }

  /** The certificate last found wrong there; empty where none was. */
  factsOf(hostname: string): ErrorFacts {
    return this.#wrong.get(hostname) ?? {}
  }

  /** The certificate that was last shown there. */
  seen(hostname: string): SeenCertificate | null {
    return this.#seen.get(hostname) ?? null
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

function seenIn(request: Electron.Request, fingerprint: string): SeenCertificate {
  const { certificate, validatedCertificate, isIssuedByKnownRoot, errorCode } = request
  return {
    subject: certificate.subjectName,
    issuer: certificate.issuerName,
    fingerprint,
    validFrom: dayOf(certificate.validStart),
    validUntil: dayOf(certificate.validExpiry),
    // What a server sends beside its own certificate need not be the way that was found to a root.
    chain: namesIn(errorCode === 0 ? (validatedCertificate ?? certificate) : certificate),
    publicRoot: isIssuedByKnownRoot,
    trusted: errorCode === 0,
  }
}

/** A chain is a few certificates long; one that never ends was made to be. */
const longestChain = 10

function namesIn(leaf: Certificate): readonly string[] {
  const names: string[] = []
  let last = leaf
  for (
    let next: Certificate | undefined = leaf;
    next && names.length < longestChain;
    next = next.issuerCert
  ) {
    names.push(next.subjectName)
    last = next
  }
  return last.issuerName === last.subjectName ? names : [...names, last.issuerName]
}

/** `2031-01-02`, of seconds since 1970. */
const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)

/** Electron writes `sha256/` and base64; people and command lines compare hex. */
function hexFingerprint(fingerprint: string): string {
  return Buffer.from(fingerprint.replace(/^sha256\//, ''), 'base64').toString('hex')
}

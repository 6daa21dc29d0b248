import type { Session } from 'electron'
import type { ErrorFacts } from '../../../preload/contract/errors.ts'

/**
 * Remembers what was wrong with a host's certificate, so that the error can name its issuer: a request's own error
 * is only a name. It decides nothing; Chromium and the certificates of the computer do.
 */
export class CertificateFindings {
  readonly #byHost = new Map<string, ErrorFacts>()

  watch(session: Session): void {
    session.setCertificateVerifyProc((request, decide) => {
      if (request.errorCode !== 0) {
        const { issuerName, subjectName, fingerprint } = request.certificate
        this.#byHost.set(request.hostname, {
          issuer: issuerName,
          subject: subjectName,
          fingerprint: hexFingerprint(fingerprint),
        })
      }
      decide(usesChromiumsVerdict)
    })
  }

  /** Issuer, subject and SHA-256 fingerprint of the certificate last found wrong there; empty where none was. */
  factsOf(hostname: string): ErrorFacts {
    return this.#byHost.get(hostname) ?? {}
  }
}

const usesChromiumsVerdict = -3

/** Electron writes `sha256/` and base64; people and command lines compare hex. */
function hexFingerprint(fingerprint: string): string {
  return Buffer.from(fingerprint.replace(/^sha256\//, ''), 'base64').toString('hex')
}

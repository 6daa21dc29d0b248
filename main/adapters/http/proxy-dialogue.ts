import type { ClientRequest } from 'electron'
import { AppError } from '../../core/errors.ts'
import type { ProxyAttempt } from '../../core/policy/proxy-sign-in.ts'

export interface ProxyDialogue {
  /** The error of an exchange that a proxy did not let through for want of credentials; null where none stopped it. */
  refusal(): AppError | null
}

/** Answers the proxies that one request meets. A server's own 401 is not answered here: it is the caller's answer. */
export function answerProxies(outgoing: ClientRequest, attempt: ProxyAttempt): ProxyDialogue {
  let refusal: AppError | null = null

  outgoing.on('login', ({ isProxy, host, port, realm }, answer) => {
    if (!isProxy) return answer()
    attempt.credentials({ host, port, realm }).then(
      credentials => {
        if (credentials !== null) return answer(credentials.username, credentials.password)
        refusal = refusedBy(`${host}:${port}`, realm)
        answer()
      },
      (cause: unknown) => {
        refusal = refusedBy(`${host}:${port}`, realm, cause)
        answer()
      },
    )
  })

  return { refusal: () => refusal }
}

// A proxy that asks for a sign-in has not passed the request on, so nothing was sent.
const refusedBy = (proxy: string, realm: string, cause?: unknown) =>
  new AppError('proxy-sign-in', { facts: { proxy, realm, sent: false }, cause })

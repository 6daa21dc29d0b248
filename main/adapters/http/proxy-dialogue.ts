import type { ClientRequest } from 'electron'
import { AppError } from '../../core/errors.ts'
import type { ProxyAttempt, ProxyCredentials, ProxyServer } from '../../core/policy/proxy-sign-in.ts'

export interface ProxyDialogue {
  /** Why a proxy did not let the exchange through; null where none stopped it. */
  refusal(): AppError | null
  /**
   * Resolves when the last question of a proxy is answered. Forgetting credentials that another exchange saw refused
   * ends those that wait for their answer: why is known a moment later only.
   */
  answered(): Promise<void>
}

/** The exchange has to be made again, alone on its session: the proxy's credentials are still to be tried. */
export class NeedsOwnSession extends AppError {
  constructor() {
    super('proxy-sign-in', { facts: { sent: false } })
  }
}

/** Answers the proxies that one request meets. A server's own 401 is not answered here: it is the caller's answer. */
export function answerProxies(outgoing: ClientRequest, attempt: ProxyAttempt): ProxyDialogue {
  let refusal: AppError | null = null
  let deciding: Promise<unknown> = Promise.resolve()

  const decide = async (proxy: ProxyServer): Promise<ProxyCredentials | null> => {
    try {
      const answer = await attempt.answer(proxy)
      if (answer === 'alone') refusal = new NeedsOwnSession()
      else if (answer === 'none') refusal = refusedBy(proxy)
      else return answer
    } catch (cause) {
      refusal = refusedBy(proxy, cause)
    }
    return null
  }

  outgoing.on('login', async ({ isProxy, host, port, realm }, reply) => {
    const decided = isProxy ? decide({ host, port, realm }) : Promise.resolve(null)
    deciding = decided
    const credentials = await decided
    if (credentials === null) reply()
    else reply(credentials.username, credentials.password)
  })

  return {
    refusal: () => refusal,
    async answered() {
      await deciding
    },
  }
}

// A proxy that asks for a sign-in has not passed the request on, so nothing was sent.
const refusedBy = ({ host, port, realm }: ProxyServer, cause?: unknown) =>
  new AppError('proxy-sign-in', { facts: { proxy: `${host}:${port}`, realm, sent: false }, cause })

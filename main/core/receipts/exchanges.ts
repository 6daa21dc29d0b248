import { createHash } from 'node:crypto'
import type { ExchangeProof, ExchangeProofs } from '../../../preload/contract/receipts.ts'
import { isSecretKey } from '../policy/secret-shapes.ts'
import type { HttpAnswer, HttpRequest } from '../ports.ts'
import type { Session } from '../systems/system.ts'
import { canonicalJson } from './chain.ts'

/** A download that was cut a hundred times says no more by being cut once more; those beyond are counted. */
const mostRecorded = 100

/**
 * A session that notes what is asked through it, for the receipt. What is secret is left out before anything is
 * digested: a digest of a short secret could be guessed.
 */
export function witnessed(session: Session): {
  readonly session: Session
  readonly proofs: () => ExchangeProofs
} {
  const recorded: ExchangeProof[] = []
  let more = 0
  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    if (recorded.length === mostRecorded) {
      more += 1
      return session.http.send(request)
    }
    const place = recorded.push({ ...requestProof(request, session), answer: null }) - 1
    const answer = await session.http.send(request)
    recorded[place] = { ...requestProof(request, session), answer: answerProof(answer, session) }
    return answer
  }
  return {
    session: { ...session, http: { send } },
    proofs: () => ({ version: 1, recorded: [...recorded], more }),
  }
}

/** Those of a download that goes on behind a cut; undefined where what came before was not recorded. */
export function joined(before: ExchangeProofs | undefined, now: ExchangeProofs): ExchangeProofs | undefined {
  if (before === undefined) return undefined
  const all = [...before.recorded, ...now.recorded]
  const recorded = all.slice(0, mostRecorded)
  return { version: 1, recorded, more: before.more + now.more + all.length - recorded.length }
}

function requestProof({ method, url, headers, body }: HttpRequest, session: Session) {
  const covered = coveredOf(headers, session)
  return {
    method,
    requestSha256: digest({ method, url: addressOf(url, session), headers: covered, body: body ?? null }),
    requestHeaders: Object.keys(covered),
  }
}

function answerProof({ status, headers }: HttpAnswer, session: Session): ExchangeProof['answer'] {
  const covered = coveredOf(headers, session)
  return { status, sha256: digest({ status, headers: covered }), headers: Object.keys(covered) }
}

const digest = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex')

/** What names a session is secret, whatever the system calls it, and so is what a proxy or a server asks one for. */
function coveredOf(
  headers: Readonly<Record<string, string>>,
  session: Session,
): Readonly<Record<string, string>> {
  const own = new Set(Object.keys(session.headers).map(name => name.toLowerCase()))
  const covered = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !own.has(name) && !isSecretKey(name) && !name.endsWith('-authenticate'))
    .map(([name, value]) => [name, name === 'location' ? addressOf(value, session) : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(covered)
}

/** An address without its user, the values of secret parameters, and what the session is known by in its path. */
function addressOf(url: string, { own }: Session): string {
  if (!URL.canParse(url)) return ''
  const address = new URL(url)
  address.username = ''
  address.password = ''
  for (const name of new Set(address.searchParams.keys()))
    if (isSecretKey(name)) address.searchParams.set(name, '')
  return Object.values(own)
    .flatMap(value => [value, encodeURIComponent(value)])
    .filter(value => value !== '')
    .reduce((text, value) => text.replaceAll(value, ''), address.href)
}

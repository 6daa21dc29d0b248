/** What Chromium's network errors mean: https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h */
import type { ErrorCode, ErrorFacts } from '../../../preload/contract/errors.ts'
import { AppError } from '../../core/errors.ts'

type Meaning = {
  readonly code: ErrorCode
  /**
   * False only where the request certainly did not leave: nobody was reached who could have read it. Whoever starts
   * jobs may try again then; everything else is an unknown outcome.
   */
  readonly sent: boolean
}

const before = (code: ErrorCode): Meaning => ({ code, sent: false })
const perhaps = (code: ErrorCode): Meaning => ({ code, sent: true })

// `ERR_INTERNET_DISCONNECTED` and `ERR_ADDRESS_UNREACHABLE` also end connections that carried a request already, so
// they do not count as certain; nor does a plain `ERR_TIMED_OUT`, where `ERR_CONNECTION_TIMED_OUT` is of connecting.
const meanings: Readonly<Record<string, Meaning>> = {
  ERR_INTERNET_DISCONNECTED: perhaps('offline'),
  ERR_NAME_NOT_RESOLVED: before('host-not-found'),
  ERR_NAME_RESOLUTION_FAILED: before('host-not-found'),
  ERR_ICANN_NAME_COLLISION: before('host-not-found'),

  ERR_CONNECTION_REFUSED: before('connection-failed'),
  ERR_CONNECTION_FAILED: before('connection-failed'),
  ERR_NETWORK_ACCESS_DENIED: before('connection-failed'),
  ERR_UNSAFE_PORT: before('connection-failed'),
  ERR_SSL_VERSION_OR_CIPHER_MISMATCH: before('connection-failed'),
  ERR_CONNECTION_TIMED_OUT: before('timed-out'),
  ERR_TIMED_OUT: perhaps('timed-out'),

  ERR_EMPTY_RESPONSE: perhaps('connection-cut'),
  ERR_INCOMPLETE_CHUNKED_ENCODING: perhaps('connection-cut'),
  ERR_CONTENT_LENGTH_MISMATCH: perhaps('connection-cut'),
  ERR_CONTENT_DECODING_FAILED: perhaps('connection-cut'),
  ERR_NETWORK_CHANGED: perhaps('connection-cut'),
  ERR_NETWORK_IO_SUSPENDED: perhaps('connection-cut'),

  ERR_PROXY_CONNECTION_FAILED: before('proxy-failed'),
  ERR_TUNNEL_CONNECTION_FAILED: before('proxy-failed'),
  ERR_NO_SUPPORTED_PROXIES: before('proxy-failed'),
  ERR_MANDATORY_PROXY_CONFIGURATION_FAILED: before('proxy-failed'),
  ERR_PAC_SCRIPT_FAILED: before('proxy-failed'),
  ERR_PROXY_CERTIFICATE_INVALID: before('proxy-failed'),
  ERR_SOCKS_CONNECTION_FAILED: before('proxy-failed'),
  ERR_SOCKS_CONNECTION_HOST_UNREACHABLE: before('proxy-failed'),
  ERR_PROXY_AUTH_REQUESTED: before('proxy-sign-in'),
  ERR_PROXY_AUTH_UNSUPPORTED: before('proxy-sign-in'),
  ERR_UNEXPECTED_PROXY_AUTH: perhaps('proxy-failed'),

  ERR_SSL_CLIENT_AUTH_CERT_NEEDED: before('certificate'),
  ERR_BAD_SSL_CLIENT_AUTH_CERT: perhaps('certificate'),

  ERR_UNSAFE_REDIRECT: perhaps('redirect-refused'),
  ERR_INVALID_REDIRECT: perhaps('redirect-refused'),
  ERR_TOO_MANY_REDIRECTS: perhaps('redirect-refused'),

  ERR_INVALID_HTTP_RESPONSE: perhaps('answer-not-understood'),
  ERR_INVALID_CHUNKED_ENCODING: perhaps('answer-not-understood'),
  ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH: perhaps('answer-not-understood'),
  ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION: perhaps('answer-not-understood'),
  ERR_RESPONSE_HEADERS_TOO_BIG: perhaps('answer-too-large'),
}

export type Surroundings = {
  readonly host: string
  /** The computer had a network when the request was made. */
  readonly wasOnline: boolean
  /** What is known of a certificate that was refused. */
  readonly certificate: () => ErrorFacts
}

/** The error of an exchange whose answer's head had not come yet. A name that is not known is a failed connection. */
export function netError(error: unknown, { host, wasOnline, certificate }: Surroundings): AppError {
  const message = error instanceof Error ? error.message : ''
  const reason = /^net::(ERR_[A-Z0-9_]+)/.exec(message)?.[1]
  if (reason === undefined)
    return new AppError('connection-failed', { facts: { host, sent: true }, cause: error })
  const { code, sent } = meaningOf(reason)
  if (code === 'certificate') return new AppError(code, { facts: { host, reason, sent, ...certificate() } })
  // Who was offline from the beginning sent nothing.
  return new AppError(code, { facts: { host, reason, sent: code === 'offline' ? wasOnline : sent } })
}

function meaningOf(reason: string): Meaning {
  // Every one of them is found in the handshake, before anything is sent.
  if (reason.startsWith('ERR_CERT_')) return before('certificate')
  return meanings[reason] ?? perhaps('connection-failed')
}

/** The same error, where the answer's head had come already: a connection that fails then was cut. */
export function cutOf(error: AppError): AppError {
  if (error.code !== 'connection-failed') return error
  return new AppError('connection-cut', { facts: error.facts, cause: error.cause })
}

import assert from 'node:assert/strict'
import { isAppError } from '../../../main/core/errors.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../../main/core/ports.ts'
import type { ErrorCode, ErrorFacts } from '../../../preload/contract/errors.ts'
import { type Answer, openRawSite, openSite, type Site } from './site.ts'

/**
 * One thing that every implementation of the port Http must do. Run under plain Node with the fake, and inside Electron
 * with the real one, so it uses nothing of the test runner.
 */
export type HttpCase = { readonly name: string; readonly run: (http: Http) => Promise<void> }

/** A request with times that no case waits for. */
export function get(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, headers: {}, answerWithin: 30_000, stallAfter: 30_000, ...more }
}

export function post(url: string, body: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return get(url, { method: 'POST', body, ...more })
}

export async function textOf(answer: HttpAnswer): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of answer.body) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** Runs a case against a site of its own. */
export const withSite = (answer: Answer, run: (http: Http, site: Site) => Promise<void>) => (http: Http) =>
  using(openSite(answer), site => run(http, site))

export const withRawSite =
  (heard: Parameters<typeof openRawSite>[0], run: (http: Http, site: Site) => Promise<void>) =>
  (http: Http) =>
    using(openRawSite(heard), site => run(http, site))

export async function using(opening: Promise<Site>, run: (site: Site) => Promise<void>): Promise<void> {
  const site = await opening
  try {
    await run(site)
  } finally {
    await site.close()
  }
}

/** Asserts that the work fails with this code and at least these facts. */
export async function failsWith(work: Promise<unknown>, code: ErrorCode, facts: ErrorFacts): Promise<void> {
  const error = await work.then(
    () => assert.fail(`did not fail with ${code}`),
    (reason: unknown) => reason,
  )
  if (!isAppError(error)) throw error
  assert.equal(error.code, code, JSON.stringify(error.facts))
  for (const [name, value] of Object.entries(facts)) assert.equal(error.facts[name], value, name)
}

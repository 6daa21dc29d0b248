import type { Random } from '../../../main/practice/random.ts'
import type { Scripted } from '../../fakes/scripted-http.ts'

type Plain = { readonly status: number; readonly body: string }

const strange = [
  '',
  'null',
  '[]',
  '{}',
  '"',
  '<jobs/>',
  '<jobs></jobs>',
  '<!doctype html><html><title>Sign in</title></html>',
  '{"responseStatus":"SUCCESS"}',
  '{"jobList":null}',
  '{"responseStatus":"FAILURE","errors":[{"type":"API_LIMIT_EXCEEDED"}]}',
  '{"a":'.repeat(2000),
  '<a>'.repeat(2000),
  '\ufeff\u0000\uffff',
] as const
const failures = [204, 301, 302, 400, 401, 403, 404, 405, 409, 410, 429, 500, 502, 503, 504, 599] as const
const retries = ['0', '-5', '1e9', '99999999999999', 'Thu, 01 Jan 1970 00:00:00 GMT', 'soon', '12'] as const

/**
 * An answer as no system would give it, or as one on a bad day does. `afterStart`: it was taken, so no answer claims
 * that it was refused.
 */
export function garbled({ status, body }: Plain, afterStart: boolean, random: Random): Scripted {
  const way = random.int(0, 9)
  const odd = random.pick(strange)
  const oddBody = afterStart && odd.includes('FAILURE') ? '{}' : odd
  if (way === 0) return { status, body: oddBody }
  if (way === 1) return { status, body, cut: true }
  if (way === 2) {
    const failed = afterStart ? random.pick([500, 502, 503, 504]) : random.pick(failures)
    const headers = { 'retry-after': random.pick(retries), location: 'https://evil.example/' }
    return { status: failed, headers, body: random.chance(0.5) ? body : oddBody }
  }
  let text = body
  const times = random.int(1, 4)
  for (let n = 0; n < times; n += 1) text = random.pick(changes)(text, random)
  return {
    status,
    body: text,
    headers: { 'content-type': random.pick(['text/html', 'application/json; charset=x', '']) },
  }
}

type Change = (text: string, random: Random) => string
const place = (text: string, random: Random): number => random.int(0, text.length)

const changes: readonly [Change, ...Change[]] = [
  // One character becomes another one.
  (text, random) => {
    const at = place(text, random)
    return text.slice(0, at) + String.fromCharCode(random.int(0, 255)) + text.slice(at + 1)
  },
  (text, random) => text.slice(0, place(text, random)),
  // A piece is missing, or there twice.
  (text, random) => {
    const at = place(text, random)
    return text.slice(0, at) + text.slice(at + random.int(1, 40))
  },
  (text, random) => {
    const at = place(text, random)
    return text.slice(0, at) + text.slice(at, at + random.int(1, 80)) + text.slice(at)
  },
  // A value is of another kind.
  (text, random) =>
    text.replace(/"[^"]*"(?=[,}])/, () => random.pick(['null', '0', '[]', '{}', 'true', '""'])),
  (text, random) => text.replace(/\d+/, () => random.pick(['-1', '1e400', '99999999999999999999', 'NaN'])),
  (text, random) =>
    text.replace(/(SUCCESS|RUNNING|Running|Queued)/, () => random.pick(['', 'PAUSED', '\u0000', '7'])),
]

import { gzipSync } from 'node:zlib'
import { type Random, randomFrom } from '../../../../main/practice/random.ts'
import type { ErrorCode } from '../../../../preload/contract/errors.ts'
import { zipBytes } from '../../../fakes/zip-bytes.ts'
import {
  type Act,
  chunks,
  close,
  csvType,
  type End,
  lastChunk,
  part,
  ranged,
  raw,
  reset,
  restFrom,
  silence,
  trickle,
  whole,
  zipType,
} from './answers.ts'

/** What a server does, and what must come of it. */
export type NetworkCase = {
  readonly name: string
  /** One for each request; the last one for all that follow. `elsewhere` is another origin. */
  readonly acts: (elsewhere: string) => readonly Act[]
  readonly ends:
    | { readonly state: 'delivered'; readonly files: Readonly<Record<string, Buffer>> }
    | { readonly state: string; readonly code: ErrorCode }
  /** How many requests it must take; null: as many as it takes. */
  readonly requests: number | null
  /** The second request asks for the rest alone. */
  readonly resumes: boolean | null
}

const row = (amount: string, text: string) => `DETAIL|${text}${'|'.repeat(167)}${amount}${'|'.repeat(231)}\n`
const extract = (text: string) => {
  const rows = Array.from({ length: 400 }, (_, index) => row(index % 2 === 0 ? '12.50' : '-12.50', text))
  return Buffer.from(`EXTRACT|2026-11-01|${rows.length}|0.00|7\n${rows.join('')}`)
}
const sae = extract('old')
/** The same length, rows and total, with other words: nothing but its validator tells that it is another file. */
const changed = extract('new')
const archive = zipBytes([{ name: 'in/sae.txt', data: sae }])

const half = sae.subarray(0, sae.length / 2)
const length = { ...csvType, 'content-length': sae.length }
const etag = { etag: '"v1"' }
const delivered = { state: 'delivered', files: { 'sae.txt': sae } } as const

const quick = (name: string, ...acts: readonly Act[]) => ({
  name,
  acts: () => acts,
  requests: acts.length,
  resumes: acts.length > 1 ? false : null,
})

const cuts: readonly (readonly [string, End])[] = [
  ['reset', reset],
  ['an early end', close],
  ['a stall', silence],
]
const cutAndResumed: readonly NetworkCase[] = cuts.flatMap(([what, end]) => [
  {
    ...quick(`${what}: the rest is fetched`, part({ ...length, ...etag }, half, end), ranged(sae, '"v1"')),
    resumes: true,
    ends: delivered,
  },
  {
    ...quick(`${what}, and no validator: it begins anew`, part(length, half, end), whole(sae)),
    ends: delivered,
  },
])

const changedMeanwhile: readonly NetworkCase[] = [
  {
    ...quick(
      '200 for 206: it begins anew',
      part({ ...length, ...etag }, half, close),
      whole(sae, { ...csvType, ...etag }),
    ),
    resumes: true,
    ends: delivered,
  },
  {
    ...quick(
      'a changed file: its validator says so',
      part({ ...length, ...etag }, half, close),
      ranged(changed, '"v2"'),
    ),
    resumes: true,
    ends: { state: 'delivered', files: { 'sae.txt': changed } },
  },
  {
    ...quick(
      'a changed file, of which a server without If-Range sends the rest: two files are never mixed',
      part({ ...length, ...etag }, half, close),
      restFrom(changed, half.length, { ...csvType, etag: '"v2"' }),
      whole(changed, { ...csvType, etag: '"v2"' }),
    ),
    requests: null,
    resumes: true,
    ends: { state: 'delivered', files: { 'sae.txt': changed } },
  },
  {
    ...quick(
      'a file that grew, of which a server without validators of its own sends the rest',
      part({ ...length, ...etag }, half, close),
      restFrom(Buffer.concat([sae, sae]), half.length, csvType),
      whole(sae),
    ),
    requests: null,
    resumes: true,
    ends: delivered,
  },
  {
    ...quick(
      'the rest from another place than asked for: it is not taken',
      part({ ...length, ...etag }, half, close),
      restFrom(sae, 7, { ...csvType, ...etag }),
      ranged(sae, '"v1"'),
    ),
    requests: null,
    resumes: true,
    ends: delivered,
  },
  {
    ...quick(
      '416 for the rest: it begins anew',
      part({ ...length, ...etag }, half, close),
      (socket, asked) =>
        asked.header('range') === null
          ? whole(sae)(socket, asked)
          : raw(
              { 'content-length': 0, 'content-range': 'bytes */10' },
              '',
              '416 Range Not Satisfiable',
            )(socket, asked),
    ),
    requests: null,
    resumes: true,
    ends: delivered,
  },
]

const lengths: readonly NetworkCase[] = [
  { ...quick('no length, ended by the connection', raw(csvType, sae)), ends: delivered },
  {
    ...quick('no length, cut once: the record count tells', raw(csvType, half), whole(sae)),
    ends: delivered,
  },
  {
    ...quick('no length, cut always', raw(csvType, half)),
    requests: 2,
    resumes: false,
    ends: { state: 'not-what-it-claims', code: 'fewer-rows-than-promised' },
  },
  {
    ...quick('more promised than ever comes', raw({ ...csvType, 'content-length': sae.length + 9 }, sae)),
    requests: null,
    resumes: null,
    ends: { state: 'unreachable', code: 'connection-cut' },
  },
  {
    ...quick('less promised than there is, a text', raw({ ...csvType, 'content-length': half.length }, sae)),
    requests: 2,
    resumes: false,
    ends: { state: 'not-what-it-claims', code: 'fewer-rows-than-promised' },
  },
  {
    ...quick(
      'less promised than there is, an archive',
      raw({ ...zipType, 'content-length': archive.length - 9 }, archive),
    ),
    requests: 2,
    resumes: false,
    ends: { state: 'not-what-it-claims', code: 'damaged-archive' },
  },
  {
    ...quick('a length that is none', raw({ ...csvType, 'content-length': 'many' }, sae)),
    ends: delivered,
  },
  {
    ...quick('nothing at all', whole('')),
    ends: { state: 'finished-empty', code: 'empty-extract' },
  },
]

const chunked = { ...csvType, 'transfer-encoding': 'chunked' } as const
const gzip = { ...csvType, 'content-encoding': 'gzip' } as const
const packed = gzipSync(sae)
const codings: readonly NetworkCase[] = [
  {
    ...quick('chunked', raw(chunked, chunks(half, sae.subarray(half.length), lastChunk))),
    ends: delivered,
  },
  { ...quick('chunked, without its last chunk', raw(chunked, chunks(half)), whole(sae)), ends: delivered },
  {
    ...quick(
      'chunked, cut: the rest is fetched',
      raw({ ...chunked, ...etag }, chunks(half)),
      ranged(sae, '"v1"'),
    ),
    resumes: null,
    ends: delivered,
  },
  {
    ...quick(
      'chunked, with what is no chunk',
      raw(chunked, Buffer.concat([chunks(half), Buffer.from('zz\r\nnot a chunk')])),
      whole(sae),
    ),
    ends: delivered,
  },
  { ...quick('gzip', whole(packed, gzip)), ends: delivered },
  {
    ...quick('gzip in chunks', raw({ ...gzip, 'transfer-encoding': 'chunked' }, chunks(packed, lastChunk))),
    ends: delivered,
  },
  {
    ...quick(
      'gzip, cut: no part of it can be asked for',
      part(
        { ...gzip, ...etag, 'content-length': packed.length },
        packed.subarray(0, packed.length / 2),
        close,
      ),
      whole(sae),
    ),
    ends: delivered,
  },
  {
    ...quick(
      'gzip that ends early without saying so',
      raw(gzip, packed.subarray(0, packed.length / 2)),
      whole(sae),
    ),
    ends: delivered,
  },
  { ...quick('gzip that is none', whole(sae, gzip), whole(sae)), ends: delivered },
]

const json = { ...csvType, 'content-type': 'application/json' }
const html = { 'content-type': 'text/html' }
const page = '<!DOCTYPE html><html><body>Please sign in</body></html>'
const errorInJson = '{"Error":{"Message":"The file could not be read"}}'
const disguises: readonly NetworkCase[] = [
  {
    ...quick('a page with status 200, always', whole(page, html)),
    requests: 2,
    resumes: false,
    ends: { state: 'not-what-it-claims', code: 'html-instead-of-file' },
  },
  { ...quick('a page with status 200, once', whole(page, html), whole(sae)), ends: delivered },
  {
    ...quick('a page that says it were a csv', whole(page)),
    requests: 2,
    resumes: false,
    ends: { state: 'not-what-it-claims', code: 'html-instead-of-file' },
  },
  {
    ...quick('an error in JSON with status 200', whole(errorInJson, json)),
    requests: 2,
    resumes: false,
    ends: { state: 'not-what-it-claims', code: 'error-instead-of-file' },
  },
  {
    ...quick(
      'an error in XML with status 200',
      whole('<?xml version="1.0"?><Error><Message>No</Message></Error>'),
    ),
    requests: 2,
    resumes: false,
    ends: { state: 'not-what-it-claims', code: 'error-instead-of-file' },
  },
  {
    ...quick('a text that says it were an archive', whole(sae, zipType)),
    requests: 2,
    resumes: false,
    ends: { state: 'not-what-it-claims', code: 'damaged-archive' },
  },
]

const to = (location: string): Act => raw({ location, 'content-length': 0 }, '', '302 Found')
const statuses: readonly NetworkCase[] = [
  { ...quick('a redirect within the origin', to('/elsewhere'), whole(sae)), resumes: null, ends: delivered },
  {
    ...quick('a redirect to another origin', to('')),
    acts: elsewhere => [to(`${elsewhere}/file`)],
    requests: null,
    resumes: null,
    ends: { state: 'unreachable', code: 'redirect-refused' },
  },
  {
    ...quick('redirects without end', to('/again')),
    requests: 6,
    resumes: null,
    ends: { state: 'unreachable', code: 'redirect-refused' },
  },
  { ...quick('500 once', whole('', {}, '500 Internal Server Error'), whole(sae)), ends: delivered },
  {
    ...quick('429 once', whole('', { 'retry-after': 1 }, '429 Too Many Requests'), whole(sae)),
    ends: delivered,
  },
  {
    ...quick('maintenance', whole(page, html, '503 Service Unavailable')),
    requests: null,
    resumes: null,
    ends: { state: 'unreachable', code: 'maintenance' },
  },
  { ...quick('404', whole('', {}, '404 Not Found')), ends: { state: 'file-gone', code: 'file-gone' } },
  {
    ...quick('206 that nobody asked for', restFrom(sae, 7, csvType), whole(sae)),
    ends: delivered,
  },
]

const connections: readonly NetworkCase[] = [
  { ...quick('reset before an answer', reset, whole(sae)), requests: null, resumes: null, ends: delivered },
  { ...quick('no answer', silence, whole(sae)), requests: null, resumes: null, ends: delivered },
  {
    ...quick('what is no HTTP', socket => void socket.end('SSH-2.0-x\r\n'), whole(sae)),
    requests: null,
    resumes: null,
    ends: delivered,
  },
  { ...quick('a slow trickle', trickle(length, sae, 10_000, 60)), ends: delivered },
]

const archives: readonly NetworkCase[] = [
  {
    ...quick(
      'an archive, reset: the rest is fetched',
      part(
        { ...zipType, ...etag, 'content-length': archive.length },
        archive.subarray(0, archive.length / 2),
        reset,
      ),
      ranged(archive, '"v1"', zipType),
    ),
    resumes: true,
    ends: { state: 'delivered', files: { 'in/sae.txt': sae } },
  },
]

/** So many downloads are cut at random places, each several times. */
const randomCuts = 30

/** All cases; those at random places follow from the seed. */
export function networkCases(seed: number): readonly NetworkCase[] {
  const random = randomFrom(seed, 'network')
  return [
    ...cutAndResumed,
    ...changedMeanwhile,
    ...lengths,
    ...codings,
    ...disguises,
    ...statuses,
    ...connections,
    ...archives,
    ...Array.from({ length: randomCuts }, (_, index) => cutAtRandom(random, index)),
  ]
}

function cutAtRandom(random: Random, index: number): NetworkCase {
  const ends = [reset, close, silence] as const
  const cuts = Array.from({ length: random.int(1, 3) }, () => ({
    share: random.next(),
    end: random.pick(ends),
    validator: random.chance(0.7),
  }))
  const acts = cuts.map(
    ({ share, end, validator }): Act =>
      (socket, asked) => {
        const from = validator ? Number(/^bytes=(\d+)-$/.exec(asked.header('range') ?? '')?.[1] ?? 0) : 0
        const rest = sae.subarray(from)
        const range = { 'content-range': `bytes ${from}-${sae.length - 1}/${sae.length}` }
        const head = {
          ...csvType,
          ...(validator ? etag : {}),
          ...(from > 0 ? range : {}),
          'content-length': rest.length,
        }
        const status = from > 0 ? '206 Partial Content' : '200 OK'
        return part(head, rest.subarray(0, rest.length * share), end, status)(socket, asked)
      },
  )
  const told = cuts.map(
    ({ share, end, validator }) =>
      `${end.name} at ${share.toFixed(2)}${validator ? '' : ' without a validator'}`,
  )
  return {
    name: `random ${index + 1}: ${told.join(', ')}`,
    acts: () => [...acts, ranged(sae, '"v1"')],
    requests: null,
    resumes: null,
    ends: delivered,
  }
}

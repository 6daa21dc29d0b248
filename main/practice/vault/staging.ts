import type { Answer, Incoming } from '../loopback.ts'
import { flipOneBit } from '../zip.ts'
import { binderBytes, documentBytes, findDocument } from './documents.ts'
import { stagedFile } from './exports.ts'
import { findJob, standingOf } from './jobs.ts'
import { failure, loginPage, reply } from './replies.ts'
import type { Job } from './state.ts'
import type { Caller, World } from './world.ts'

/** What an export made is removed after this. */
const KEPT_MS = 72 * 3_600_000
const LARGEST_RANGE = 50 * 1024 * 1024

type Content = { name: string; bytes: number; part(from: number, to: number): AsyncIterable<Buffer> | Buffer }

/**
 * GET /services/file_staging/items/content/{path}. For a vault owner the root is the whole server, and everybody's
 * files lie in folders of their own; for anybody else the root is that folder.
 */
export async function stagedContent(
  world: World,
  { account }: Caller,
  path: string,
  request: Incoming,
): Promise<Answer> {
  const owner = account.profile === 'vault_owner__v'
  const [, user, inside] = owner ? (/^u(\d+)(\/.*)$/.exec(path) ?? []) : ['', String(account.id), `/${path}`]
  const job = inside === undefined ? undefined : findJob(world.store.state, inside.split('/')[1] ?? '')
  const item = job?.items.find(one => stagedFile(job, one) === inside)
  const gone = () => failure('INVALID_DATA', `No file [${path}].`)
  if (!job || item === undefined || String(job.userId) !== user) return gone()
  const { finished, endedAt } = standingOf(job, world.now())
  if (!finished || world.now() >= endedAt + KEPT_MS) return gone()
  const { file } = world.scenario()
  if (file === 'html') return loginPage()
  if (file === 'json-error') return failure('UNEXPECTED_ERROR', 'The file could not be read.')
  const content = await contentOf(world, job, item)
  return served(content, request.headers.range, file === 'cut')
}

async function contentOf(world: World, job: Job, item: string): Promise<Content> {
  if (job.fill === 'large') return largeContent(world.largeBytes)
  const document = findDocument(item.split('/')[0] ?? '')
  const plain = document ? await documentBytes(document) : await binderBytes(item)
  const damaged = world.scenario().file === 'bit-flipped' && document === undefined
  const bytes = damaged ? flipOneBit(plain) : plain
  const name = stagedFile(job, item).split('/').at(-1) ?? ''
  return { name, bytes: bytes.length, part: (from, to) => bytes.subarray(from, to + 1) }
}

const STRIPE = 65_536

/** A file whose bytes follow from their place, so that any part of it can be made by itself. */
function largeContent(bytes: number): Content {
  async function* part(from: number, to: number): AsyncGenerator<Buffer> {
    for (let at = from; at <= to; ) {
      const end = Math.min(to + 1, (Math.floor(at / STRIPE) + 1) * STRIPE)
      const number = Math.floor(at / STRIPE)
      const stripe = Buffer.alloc(STRIPE, `stripe ${number} of a large practice file;`)
      yield stripe.subarray(at % STRIPE, (at % STRIPE) + end - at)
      at = end
    }
  }
  return { name: 'Large file.txt', bytes, part }
}

/** Its whole, or a range of at most 50 MB. The name stands right behind the semicolon. */
function served({ name, bytes, part }: Content, range: string | undefined, cut: boolean): Answer {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
  const from = Number(first ?? 0)
  if (range !== undefined && (first === undefined || from >= bytes)) {
    return reply(416, 'text/plain', '', { 'content-range': `bytes */${bytes}` })
  }
  const to = Math.min(Number(last ?? bytes - 1), bytes - 1)
  if (range !== undefined && Number(last) - from + 1 > LARGEST_RANGE) {
    return failure('INVALID_DATA', 'A range has at most 50 MB.')
  }
  // Latin-1 is what a header can hold; other marks are sent as the bytes of UTF-8.
  const written = Buffer.from(name, 'utf8').toString('latin1')
  const headers: Record<string, string> = { 'content-disposition': `attachment;filename="${written}"` }
  if (range !== undefined) headers['content-range'] = `bytes ${from}-${to}/${bytes}`
  const length = to - from + 1
  return {
    ...reply(range === undefined ? 200 : 206, 'application/octet-stream;charset=UTF-8', part(from, to), {
      ...headers,
      'content-length': String(length),
    }),
    ...(cut ? { cutAfter: Math.floor(length / 2) } : {}),
  }
}

import { join } from 'node:path'
import type { ExchangeProofs, WarningView } from '../../../preload/contract/receipts.ts'
import { targetOf } from '../definitions/target.ts'
import { AppError, isAppError } from '../errors.ts'
import type { HttpAnswer } from '../ports.ts'
import { joined, witnessed } from '../receipts/exchanges.ts'
import type { JobFiles, Range, RemoteFile } from '../systems/system.ts'
import { addMillis, hours } from '../time.ts'
import { kindOf } from './claim.ts'
import type { Receiving } from './file-work.ts'
import { fileError } from './files.ts'
import { downloadName } from './naming.ts'
import { otherFiles } from './retry.ts'
import type { Run } from './run.ts'
import { needSpace } from './space.ts'
import { filesIn } from './staging.ts'
import type { Download, PartialDownload } from './types.ts'

/**
 * How long one answer may go on. 6 h carry 20 GB at 1 MB a second, more than any extract holds; a body that trickles
 * never stalls, and would keep its connection's other deliveries waiting for ever. What came is kept where the server
 * can go on behind it.
 */
const mostForOneAnswer = hours(6)

/** Fetches what is still missing of a job's files into the staging folder. */
export async function download(run: Run): Promise<void> {
  const { world, delivery } = run
  const job = await world.jobs.find(delivery.jobId)
  const definition = await world.definitions.find(delivery.definitionId)
  const remoteJob = job?.remoteId ?? null
  if (remoteJob === null || !definition) throw new AppError('file-gone')

  await world.sessions.with(delivery.connectionId, async (session, system) => {
    const target = targetOf(definition)
    const remote = await system.job(session, target, remoteJob)
    const found = await system.files(session, target, remote).catch((error: unknown) => {
      // A place for files, and nothing in it: judged like a file without rows, once the destination accepts that.
      if (isAppError(error, 'empty-extract') && delivery.destination.allowEmpty) return null
      throw error
    })
    if (found === null) return run.journal({ kind: 'nothing-to-download' }, 'there are no files')
    const files = [...new Map(found.files.map(file => [file.id, file])).values()]
    await noteMissing(run, found)
    if (files.length === 0) throw noneOf(found)
    const left = leftOf(files, run.delivery.downloads)
    for (const [index, file] of left.entries()) {
      // Its number is that of what came before it: an earlier attempt may have been told of them in another order.
      const path = join(filesIn(run.staging).downloads, String(run.delivery.downloads.length))
      const asked = witnessed(session)
      const open = (range: Range | null) => system.open(asked.session, target, remoteJob, file, range)
      const opened = await openRest(open, await usable(run, file, path))
      await receive(run, { file, path, last: index === left.length - 1, proofs: asked.proofs }, opened)
    }
  })
}

/**
 * What is still to come. Throws `source-changing` where the job has other files now than when the first of them came:
 * some of each would be the files of neither, so that everything is fetched anew (retry.ts).
 */
function leftOf(files: readonly RemoteFile[], downloads: readonly Download[]): readonly RemoteFile[] {
  const left = files.filter(({ id }) => !downloads.some(download => download.id === id))
  if (left.length > 0 && left.length + downloads.length === files.length) return left
  throw new AppError('source-changing', { facts: { reason: otherFiles } })
}

/** What the job was to bring and could not: written down before its files are, so that the receipt will say it. */
async function noteMissing(run: Run, { missing, warned = [] }: JobFiles): Promise<void> {
  const { mask } = run.world
  const warnings: readonly WarningView[] = [
    ...missing.map(({ item, said }) => ({
      code: 'item-missing',
      facts: { item, said: mask(said).slice(0, 500) },
    })),
    ...warned.map(said => ({ code: 'system-warned', facts: { said: mask(said).slice(0, 500) } })),
  ]
  if (JSON.stringify(warnings) === JSON.stringify(run.delivery.warnings)) return
  await run.journal({ kind: 'warned', warnings }, `${missing.length} items are missing`)
}

/** Nothing came, and nothing will: the system says why; or no file is named, which may yet come. */
function noneOf({ missing: [first] }: JobFiles): AppError {
  return first === undefined
    ? new AppError('file-gone', { facts: { reason: 'no-link' } })
    : new AppError('job-failed', { facts: { item: first.item }, said: first.said })
}

type Target = {
  readonly file: RemoteFile
  readonly path: string
  readonly last: boolean
  readonly proofs: () => ExchangeProofs
}

/** The beginning that an earlier attempt left, where it is still as it was left. */
async function usable(run: Run, file: RemoteFile, path: string): Promise<PartialDownload | null> {
  const { partial } = run.delivery
  if (partial?.id !== file.id || partial.path !== path) return null
  const there = await run.world.files.look(path)
  return there !== null && there.bytes >= partial.bytes ? partial : null
}

/** An answer, and behind how many bytes that are here already its body goes on. */
type Opened = { readonly answer: HttpAnswer; readonly from: number }

/** Opens the rest of a file whose beginning is here; the whole of it where it is no longer the same file. */
async function openRest(
  open: (range: Range | null) => Promise<HttpAnswer>,
  partial: PartialDownload | null,
): Promise<Opened> {
  if (!partial) return { answer: await open(null), from: 0 }
  try {
    const answer = await open({ from: partial.bytes, validator: partial.validator })
    // 200 in answer to a range: the file has changed, or the server knows no ranges.
    if (answer.status !== 206) return { answer, from: 0 }
    // A server that takes no notice of If-Range sends the rest of another file: only its validator tells.
    if (validatorOf(answer) === partial.validator) return { answer, from: partial.bytes }
    await answer.body[Symbol.asyncIterator]().return?.()
  } catch (error) {
    // 416: the file is shorter now than what is here. Asked for the same range again, it would say so for ever.
    if (!isAppError(error, 'request-refused') || error.facts.status !== 416) throw error
  }
  return { answer: await open(null), from: 0 }
}

async function receive(
  run: Run,
  { file, path, last, proofs }: Target,
  { answer, from }: Opened,
): Promise<void> {
  const { files, work, mask, clock } = run.world
  const { folder } = run.delivery.destination
  const promised = promisedBytes(answer, from)
  const validator = validatorOf(answer)
  if (promised !== null) await needSpace(files, run.staging.folder, folder, promised - from)
  // Looked at before what an earlier attempt left is touched, and again with every piece: networks change.
  await needUnmetered(run, answer, { promised, from, at: from })
  if (from === 0) await files.remove(path)
  const receiving = await work.receive(path, from)
  const meter = run.meter('downloading', promised, from)
  const lateAt = addMillis(clock.now(), mostForOneAnswer)
  const before = run.delivery.partial
  let at = from
  const exchanges = () => exchangesOf(from === 0 ? proofs() : joined(before?.exchanges, proofs()))
  try {
    for await (const piece of until(run.signal, answer.body)) {
      if (clock.now() > lateAt) throw new AppError('timed-out', { facts: { what: 'download' } })
      await receiving.write(piece)
      meter.add(piece.byteLength)
      at += piece.byteLength
      await needUnmetered(run, answer, { promised, from, at })
    }
  } catch (error) {
    await leave(run, receiving, { id: file.id, path, validator, ...exchanges() }, error)
    throw error
  }
  const received = await receiving.finish()
  if (promised !== null && received.bytes !== promised) {
    throw new AppError('truncated', { facts: { expectedBytes: promised, bytes: received.bytes } })
  }
  const declaredType = answer.headers['content-type']?.split(';')[0]?.trim().toLowerCase() || null
  const named = downloadName(answer.headers['content-disposition'], file.name, noName)
  const name = named.own ? named.name : null
  const kind = kindOf({ ...received, declaredType, name, mask })
  await run.journal(
    {
      kind: 'download-complete',
      last,
      download: {
        id: file.id,
        path,
        name,
        declaredType,
        bytes: received.bytes,
        sha256: received.sha256,
        validator,
        kind,
        contents: kind === 'archive' ? null : received.contents,
        ...exchanges(),
      },
    },
    `received ${received.bytes} bytes`,
  )
}

/**
 * Throws `metered` where what is still to come has to wait for another network; what came is kept (`leave`). Where no
 * length was promised, as much again is expected as has come.
 */
async function needUnmetered(
  { world, delivery }: Run,
  { body }: HttpAnswer,
  { promised, from, at }: { readonly promised: number | null; readonly from: number; readonly at: number },
): Promise<void> {
  const left = promised === null ? at - from : promised - at
  if (!world.metered.waits(delivery.id, left)) return
  await body[Symbol.asyncIterator]().return?.()
  throw new AppError('metered', { facts: { left, ...(promised === null ? {} : { bytes: promised }) } })
}

const exchangesOf = (exchanges: ExchangeProofs | undefined): Pick<Download, 'exchanges'> =>
  exchanges ? { exchanges } : {}

const noName = { definition: '', jobId: '', ext: '' }

/** What came is kept where the server can go on behind it; not on a full disk, which it would keep full. */
async function leave(
  run: Run,
  receiving: Receiving,
  { validator, ...begun }: Omit<PartialDownload, 'bytes' | 'validator'> & Pick<Download, 'validator'>,
  cause: unknown,
): Promise<void> {
  try {
    const bytes = await receiving.leave()
    const keep = validator !== null && bytes > 0 && !isAppError(fileError(cause, begun.path), 'no-space')
    if (!keep) await run.world.files.remove(begun.path)
    await run.journal(
      { kind: 'download-cut', partial: keep ? { ...begun, bytes, validator } : null },
      `cut after ${bytes} bytes`,
    )
  } catch (error) {
    run.world.log.write('warn', 'delivery.partial-lost', { delivery: run.delivery.id, error: String(error) })
  }
}

/**
 * The length of the whole file; null where it is not stated, or where it was compressed on the way and the stated
 * length is not that of the file.
 */
function promisedBytes({ status, headers }: HttpAnswer, from: number): number | null {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return null
  const total = status === 206 ? /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] : undefined
  if (total !== undefined) return Number(total)
  const length = headers['content-length']
  return length !== undefined && /^\d+$/.test(length) ? from + Number(length) : null
}

/** What If-Range takes: a strong ETag or a date. Of a body that was compressed on the way no part can be asked for. */
function validatorOf({ headers }: HttpAnswer): string | null {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity' || headers['accept-ranges'] === 'none')
    return null
  const { etag } = headers
  return etag?.startsWith('"') ? etag : (headers['last-modified'] ?? null)
}

/** The pieces of a body, until it ends or the signal is aborted: a body that stands still is left too. */
async function* until(signal: AbortSignal, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]()
  const abandon = () => void Promise.resolve(pieces.return?.()).catch(() => {})
  signal.addEventListener('abort', abandon, { once: true })
  try {
    for (;;) {
      if (signal.aborted) throw new AppError('cancelled')
      const next = await pieces.next()
      if (signal.aborted) throw new AppError('cancelled')
      if (next.done) return
      yield next.value
    }
  } catch (error) {
    throw signal.aborted ? new AppError('cancelled') : error
  } finally {
    signal.removeEventListener('abort', abandon)
    abandon()
  }
}

import { AppError, isAppError } from '../../errors.ts'
import type { Clock, HttpAnswer } from '../../ports.ts'
import { addMillis, type Millis, seconds } from '../../time.ts'
import type { SourceFacts, SourceFile, SourceFolders } from '../source-folders.ts'
import type { JobFiles, Range, RemoteFile, Session } from '../system.ts'
import { isPlainName, joinLocal, type LocalFolder, localFolder, unreachable } from './folders.ts'

/** A file that changed neither size nor time for so long is taken for whole: the server does not say when it is. */
const steadyFor: Millis = seconds(5)
/** On this very computer, in practice. */
const steadyInPractice: Millis = seconds(1)
/** So often it is waited in one attempt; then the delivery comes back later. */
const mostLooks = 6
const comeBackAfter: Millis = seconds(30)
/** More than any job writes; a folder that holds a whole disk is the wrong one. */
const mostFiles = 5000
const mostFolders = 1000
const pieceBytes = 256 * 1024

/** What lies in a folder, by paths with `/`. */
type Survey = { readonly files: ReadonlyMap<string, SourceFacts>; readonly links: readonly string[] }

export type Output = {
  /** Waits until nothing in the folder changes any more. None where it is empty. */
  list(session: Session, folder: string): Promise<JobFiles>
  open(session: Session, folder: string, file: RemoteFile, range: Range | null): Promise<HttpAnswer>
}

/** A job's files, read from the folder that its server wrote them to. Nothing there is ever changed. */
export function createOutput(folders: SourceFolders, clock: Clock): Output {
  /** The real folder, which must lie in the real mapped one: a link in between may lead anywhere. */
  async function placeOf(session: Session, server: string): Promise<LocalFolder> {
    const { folder, root } = localFolder(server, session.outputMaps)
    const [real, realRoot] = [await folders.real(folder), await folders.real(root)]
    if (!isWithin(real, realRoot)) throw unreachable(server, 'leads-elsewhere')
    return { folder: real, root: realRoot }
  }

  async function survey(top: string): Promise<Survey> {
    const files = new Map<string, SourceFacts>()
    const links: string[] = []
    const waiting: (readonly string[])[] = [[]]
    let seen = 0
    for (let below = waiting.shift(); below !== undefined; below = waiting.shift()) {
      seen += 1
      for (const name of (await folders.names(joinLocal(top, below))).toSorted()) {
        const path = [...below, name]
        const facts = await folders.look(joinLocal(top, path))
        if (facts.kind === 'folder') waiting.push(path)
        else if (facts.kind === 'file' && isPlainName(name)) files.set(path.join('/'), facts)
        else links.push(path.join('/'))
      }
      if (files.size > mostFiles || seen > mostFolders)
        throw new AppError('answer-too-large', { facts: { mostFiles } })
    }
    return { files, links }
  }

  async function steady(session: Session, server: string): Promise<Survey> {
    const { folder } = await placeOf(session, server)
    const wait = session.trust.practice ? steadyInPractice : steadyFor
    let before = await survey(folder)
    for (let looks = 0; looks < mostLooks; looks += 1) {
      await passed(clock, wait)
      const now = await survey(folder)
      if (isSame(before, now)) return now
      before = now
    }
    throw changing(server)
  }

  return {
    list: (session, server) =>
      reaching(server, async () => {
        const { files, links } = await steady(session, server)
        return {
          files: [...files].map(([path, facts]) => ({ id: `${versionOf(facts)}/${path}`, name: path })),
          // A link may lead anywhere, so none is followed: what it stands for is missing, and that is said.
          missing: links.map(item => ({ item, said: 'not a plain file' })),
        }
      }),

    open: (session, server, file, range) =>
      reaching(server, async () => {
        const [version, ...names] = file.id.split('/')
        if (names.length === 0 || !names.every(isPlainName))
          throw new AppError('bad-input', { facts: { field: 'file' } })
        const { folder } = await placeOf(session, server)
        const path = joinLocal(folder, names)
        if (!isWithin(await folders.real(path), folder)) throw unreachable(server, 'leads-elsewhere')
        const opened = await folders.open(path)
        if (versionOf(opened.facts) !== version) {
          await opened.close().catch(() => {})
          throw changing(server)
        }
        return answerOf(opened, names.at(-1) ?? '', range, server)
      }),
  }
}

/** An error of the file system means that the share is away, or that this user may not read it. */
async function reaching<T>(server: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw sourceError(error, server)
  }
}

function sourceError(error: unknown, server: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return isAppError(error) || !/^E[A-Z0-9]+$|^UNKNOWN$/.test(code) ? error : unreachable(server, code, error)
}

const changing = (folder: string): AppError =>
  new AppError('source-changing', { facts: { folder, retryAfterMs: comeBackAfter } })

/**
 * What tells a file from another one under its path. It stands in the file's id, so that one that was written anew after
 * the folder had stood still is another file: no folder is delivered of which some is older than the rest.
 */
const versionOf = ({ bytes, written }: SourceFacts): string => `${bytes}-${written}`

/** By whole names: `/mnt/extracts-old` does not lie in `/mnt/extracts`. */
const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(joinLocal(folder, ['']))

const isSame = (a: Survey, b: Survey): boolean =>
  a.files.size === b.files.size &&
  [...a.files].every(([path, facts]) => isSameFile(facts, b.files.get(path))) &&
  a.links.join('\n') === b.links.join('\n')

const isSameFile = (a: SourceFacts, b: SourceFacts | undefined): boolean =>
  a.kind === b?.kind && a.bytes === b.bytes && a.written === b.written

const passed = (clock: Clock, wait: Millis): Promise<void> =>
  new Promise(resolve => void clock.wake(addMillis(clock.now(), wait), resolve))

/** What a file claims to be; of most kinds nothing is known before it is read. */
const types: Readonly<Record<string, string>> = { xml: 'application/xml', json: 'application/json' }

/** The file as an exchange would bring it, so that an interrupted copy goes on where it was, if the file is the same. */
function answerOf(file: SourceFile, name: string, range: Range | null, server: string): HttpAnswer {
  const { bytes } = file.facts
  const etag = `"${versionOf(file.facts)}"`
  const from = range !== null && range.validator === etag && range.from <= bytes ? range.from : 0
  const type = types[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '']
  return {
    status: from > 0 ? 206 : 200,
    headers: {
      etag,
      'accept-ranges': 'bytes',
      'content-length': String(bytes - from),
      ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes - 1}/${bytes}` } : {}),
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    body: bodyOf(file, from, server),
  }
}

async function* bodyOf(file: SourceFile, from: number, server: string): AsyncGenerator<Uint8Array> {
  try {
    let at = from
    while (at < file.facts.bytes) {
      const piece = new Uint8Array(Math.min(pieceBytes, file.facts.bytes - at))
      const read = await file.read(piece, at)
      if (read === 0) break
      at += read
      yield piece.subarray(0, read)
    }
    // Written to while it was read: the bytes that came may be of two versions.
    if (at !== file.facts.bytes || !isSameFile(file.facts, await file.look())) {
      throw changing(server)
    }
  } catch (error) {
    throw sourceError(error, server)
  } finally {
    await file.close().catch(() => {})
  }
}

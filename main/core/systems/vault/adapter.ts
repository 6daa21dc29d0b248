import { AppError, isAppError } from '../../errors.ts'
import { type RemoteId, remoteId } from '../../ids.ts'
import type { HttpAnswer } from '../../ports.ts'
import { hours, minutes, seconds } from '../../time.ts'
import type { KeptRequest, Range, RemoteFile, RemoteJob, Session, System, Target } from '../system.ts'
import { at, jobPath, partPath, stagedPath, taskResultsPath } from './addresses.ts'
import { createVaultClient, type VaultParts } from './client.ts'
import { fileNameIn, filesPath, jobOfFile, periodOf, readFiles, windowAround } from './direct-data.ts'
import { recoded } from './failures.ts'
import { createLists } from './lists.ts'
import { joined, openInRanges } from './parts.ts'
import { readRequest, savedRequest } from './request.ts'
import { createResults, isRefusal, placeIn } from './results.ts'
import { signInToVault, vaultTrust } from './sign-in.ts'
import { startRun } from './starts.ts'
import { readJob } from './transform.ts'
import { type DirectDataFile, extractTypes, type StagedPath } from './types.ts'

/** A vault answers about one job once in 10 seconds, whoever asks (vault.md, 3.3). */
const jobFloor = seconds(10)
/** It counts from when a question arrives: one may have been long on its way, and the next one is not. */
const onTheWay = seconds(2)

const unsupported = (what: string) => new AppError('not-supported', { facts: { system: 'vault', what } })

/** A session made for a password; a token that was given neither idles out nor is ours to end. */
const isOurs = ({ own }: Session): boolean => own.auth === 'password'

/** Veeva Vault's jobs, exports and Direct Data (docs/facts-vault.md). */
export function createVault(parts: VaultParts): System {
  const client = createVaultClient(parts)
  const resultsOf = createResults(client)

  function masked(job: RemoteJob): RemoteJob {
    const raw = parts.maskValue(job.raw)
    return { ...job, raw: typeof raw === 'object' ? { ...raw } : {} }
  }

  async function offeredFile(session: Session, target: Target, id: RemoteId): Promise<DirectDataFile> {
    const name = fileNameIn(id) ?? ''
    const request = savedRequest(target.request)
    const window = windowAround(name, request?.kind === 'direct-data' ? request.extractType : null)
    const files = window ? readFiles(await client.get(session, filesPath(session, window)), window) : []
    const found = files.find(file => file.name === name)
    if (!found) throw new AppError('not-found', { facts: { what: 'job' } })
    return found
  }

  /** A job by its id, however it came to us. A vault says of an id that it does not know that the data are invalid. */
  async function statusOf(session: Session, id: RemoteId): Promise<RemoteJob> {
    const path = jobPath(session, id)
    await session.turn(`job:${id}`, jobFloor + onTheWay)
    try {
      return readJob(await client.get(session, path), id)
    } catch (error) {
      if (isAppError(error, 'request-refused')) throw recoded(error, 'not-found', { what: 'job' })
      throw error
    }
  }

  async function job(session: Session, target: Target, given: RemoteId): Promise<RemoteJob> {
    const id = remoteId(given.trim())
    if (fileNameIn(id) !== null) return masked(jobOfFile(await offeredFile(session, target, id), id))
    return masked(await withOutcome(session, target, await statusOf(session, id)))
  }

  /**
   * Whether a completed job made files: its results tell, and where it met errors and none of them is usable it has
   * failed. Results that may not be read say nothing: whoever wants the files is told why.
   */
  async function withOutcome(session: Session, target: Target, found: RemoteJob): Promise<RemoteJob> {
    if (found.status !== 'completed') return found
    const isExport = (savedRequest(target.request)?.kind ?? 'job') !== 'job'
    try {
      const { files } = await resultsOf(session, target, found)
      const metErrors = found.rawStatus.toUpperCase() === 'ERRORS_ENCOUNTERED'
      const failed = metErrors && isExport && files.length === 0
      return { ...found, status: failed ? 'failed' : 'completed', hasFiles: files.length > 0 }
    } catch (error) {
      if (!isRefusal(error)) throw error
      return { ...found, hasFiles: isExport }
    }
  }

  /** The places where a staged file may be: below our user's folder where the root is the whole server. */
  function staged({ own }: Session, { path, user }: StagedPath): readonly string[] {
    const below = user === null || path.startsWith(`/u${user}/`) ? path : `/u${user}/${path}`
    if (own.stagingRoot === 'whole') return [below]
    return own.stagingRoot === 'own' || below === path ? [path] : [path, below]
  }

  async function openStaged(session: Session, file: StagedPath, range: Range | null): Promise<HttpAnswer> {
    const [first = '', ...others] = staged(session, file).map(path => stagedPath(session, path))
    const open = (path: string) =>
      openInRanges((bytes, signal) => client.open(session, path, bytes, signal), range)
    try {
      return await open(first)
    } catch (error) {
      const [second] = others
      if (second === undefined || !isGone(error)) throw error
      return open(second)
    }
  }

  async function openOffered(
    session: Session,
    target: Target,
    id: RemoteId,
    range: Range | null,
  ): Promise<HttpAnswer> {
    const { parts: fileParts, filename } = await offeredFile(session, target, id)
    const total = fileParts.reduce((bytes, part) => bytes + part.bytes, 0)
    const from = range?.from ?? 0
    if (fileParts.length === 0) throw new AppError('file-gone')
    return {
      status: range === null ? 200 : 206,
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${filename}"`,
        'content-length': String(total - from),
        'content-range': `bytes ${from}-${total - 1}/${total}`,
        etag: `"${fileParts.map(({ md5 }) => md5).join(' ')}"`,
      },
      body: joined(
        fileParts,
        (part, signal) => client.open(session, partPath(session, part.name), null, signal),
        from,
      ),
    }
  }

  async function open(
    session: Session,
    target: Target,
    id: RemoteId,
    file: RemoteFile,
    range: Range | null,
  ): Promise<HttpAnswer> {
    if (fileNameIn(id) !== null) return openOffered(session, target, id, range)
    const place = placeIn(file.id)
    if (place.kind === 'staged') return openStaged(session, place.file, range)
    const path = place.kind === 'link' ? place.path : taskResultsPath(session, id, place.task)
    return client.open(session, path, null)
  }

  return {
    name: 'vault',
    capabilities: {
      definitions: 'kept',
      listOf: 'connection',
      cancelJob: false,
      listTellsStarts: false,
      jobListLimit: null,
      pollFloor: jobFloor,
      // How long Direct Data keeps its own files is not stated.
      filesLiveFor: id => (fileNameIn(id) === null ? hours(72) : null),
      filesInFolders: false,
      takesOnlyNew: false,
      keepAliveEvery: minutes(10),
      authKinds: ['password', 'access-token'],
    },
    signIn: (http, target, secrets) => signInToVault(client, parts.clock, http, target, secrets),
    trust: vaultTrust,
    async probe(session) {
      await client.get(session, at(session, '/objects/users/me'))
    },
    // The versions that are offered; without a session a vault says so, in its own envelope.
    doorstep: ({ url, origin }) => `${origin ?? new URL(url).origin}/api/`,
    async signOut(session) {
      if (isOurs(session)) await client.delete(session, at(session, '/session'))
    },
    async keepAlive(session) {
      if (isOurs(session)) await client.post(session, at(session, '/keep-alive'), null)
    },
    definitions: async () => [],
    async definition() {
      throw unsupported('definition')
    },
    readRequest,
    requestOf: ({ id, rawStatus, raw }) => requestOf(id, rawStatus, raw),
    periodOf,
    // A vault's job does not tell what it was asked for.
    asksAlike: () => true,
    mayStart: ({ request }) => savedRequest(request)?.kind !== 'direct-data',
    jobs: createLists(client, parts.clock, job),
    job,
    start: async (session, target) => masked(await startRun(client, session, target)),
    async cancel() {
      throw unsupported('cancel')
    },
    async files(session, target, found) {
      const name = fileNameIn(found.id)
      if (name === null) return resultsOf(session, target, found)
      return { files: found.hasFiles ? [{ id: name, name: null }] : [], missing: [] }
    },
    async open(session, target, id, file, range) {
      try {
        return await open(session, target, id, file, range)
      } catch (error) {
        throw isGone(error) ? recoded(error, 'file-gone') : error
      }
    },
  }
}

/** What was asked for is not there; 416 says that it is shorter than what was asked for. */
const isGone = (error: unknown): error is AppError =>
  isAppError(error, 'not-found', 'request-refused') && error.facts.status !== 416

/** A scheduled job can be started now, a Direct Data period be asked for again; other jobs do not tell how they came. */
function requestOf(id: RemoteId, rawStatus: string, raw: RemoteJob['raw']): KeptRequest | null {
  if (fileNameIn(id) === null) {
    return rawStatus.toUpperCase() === 'SCHEDULED' ? { kind: 'job', jobId: id } : null
  }
  const extractType = extractTypes.find(type => type === raw.extract_type)
  if (extractType === undefined) return null
  const { start_time: startTime, stop_time: stopTime } = raw
  return readRequest({ kind: 'direct-data', extractType, startTime, stopTime })
}

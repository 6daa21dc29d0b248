import { AppError, isAppError } from '../../errors.ts'
import { addMillis, type Instant, minutes, seconds } from '../../time.ts'
import type { SourceFolders } from '../source-folders.ts'
import type { RemoteJob, Session, System } from '../system.ts'
import {
  connectionPath,
  heartbeatPath,
  jobPagePath,
  jobPath,
  jobsPath,
  placeOf,
  versionPath,
} from './addresses.ts'
import { createIcwsClient, type IcwsClientParts } from './client.ts'
import { periodOf, readConfig, requestOf } from './config.ts'
import { asksAlike } from './equal.ts'
import { createIcwsLists } from './lists.ts'
import { createOutput } from './output.ts'
import { configAt, readRequest, startBody } from './request.ts'
import { icwsTrust, signInToIcws } from './sign-in.ts'
import { readJobPage, readStartedId, remoteJobOf } from './transform.ts'

export type IcwsParts = IcwsClientParts & {
  /** Masks secrets in data, by name and by content. */
  readonly maskValue: (value: unknown) => unknown
  /** Where the server's output folders are read. */
  readonly folders: SourceFolders
}

const nothing = () => null

/** Genesys PureConnect's ICWS, feature data-extractor (docs/facts-icws.md). We keep the definitions: it has only jobs. */
export function createIcws(parts: IcwsParts): System {
  const { clock, maskValue } = parts
  const client = createIcwsClient(parts)
  const lists = createIcwsLists(client, clock, maskValue)
  const output = createOutput(parts.folders, clock)

  /** The server's own time: its clock stands in what it says of jobs, and decides which month is the last one. */
  const serverNow = ({ own }: Session): Instant => addMillis(clock.now(), Number(own.clockAhead ?? 0))

  return {
    name: 'icws',
    capabilities: {
      definitions: 'kept',
      listOf: 'connection',
      cancelJob: true,
      listTellsStarts: true,
      jobListLimit: null,
      pollFloor: seconds(5),
      filesLiveFor: () => null,
      filesInFolders: true,
      takesOnlyNew: false,
      // How long a session lives unused is not documented.
      keepAliveEvery: minutes(1),
      authKinds: ['password'],
    },
    signIn: (http, target, secrets) => signInToIcws(client, clock, http, target, secrets),
    trust: icwsTrust,
    async probe(session) {
      try {
        await client.get(session, jobPagePath(1, null), readJobPage)
      } catch (error) {
        // A server that names no features, and has no such resource.
        if (!isAppError(error, 'not-found', 'not-supported')) throw error
        const facts = { ...error.facts, missing: 'data-extractor-feature' }
        throw new AppError('permission-missing', { facts, said: error.said, cause: error })
      }
    },
    doorstep({ url, origin }) {
      const place = placeOf(url)
      return `${origin ?? place.origin}${place.base}${versionPath}`
    },
    async signOut(session) {
      await client.change(session, { method: 'DELETE', path: connectionPath, expected: [200, 204] }, nothing)
    },
    async keepAlive(session) {
      const expected = [200, 201, 202, 204]
      await client.change(session, { method: 'POST', path: heartbeatPath, body: '{}', expected }, nothing)
    },

    definitions: async () => [],
    async definition() {
      throw new AppError('not-supported', { facts: { system: 'icws', what: 'definition' } })
    },
    readRequest,
    requestOf,
    periodOf,
    asksAlike({ request }, { raw }, at) {
      const config = readConfig(raw.jobConfig)
      return config === null || asksAlike(config, configAt(readRequest(request ?? {}), at))
    },
    mayStart: () => true,

    jobs: lists.ask,
    job: async (session, _target, id) => remoteJobOf(await lists.job(session, id), maskValue),
    async start(session, { request }): Promise<RemoteJob> {
      const config = configAt(readRequest(request ?? {}), serverNow(session))
      const body = startBody(config, session.own.user ?? '')
      const change = { method: 'POST', path: jobsPath, body, expected: [200, 201] } as const
      const id = await client.change(session, change, readStartedId)
      // The answer is the id alone, so that the job has been submitted: 0. What it has become, the list says.
      return {
        id,
        status: 'submitted',
        rawStatus: '0',
        startedAt: null,
        endedAt: null,
        hasFiles: false,
        raw: { id, jobConfig: config },
      }
    },
    async cancel(session, _target, job) {
      await client.change(session, { method: 'DELETE', path: jobPath(job), expected: [200, 204] }, nothing)
    },
    async files(session, _target, { id, hasFiles }) {
      const folder = hasFiles ? await lists.folder(session, id) : ''
      if (folder === '') return { files: [], missing: [] }
      const found = await output.list(session, folder)
      // The folder is there, it is steady, and nothing is in it: that is all there will be.
      if (found.files.length + found.missing.length === 0)
        throw new AppError('empty-extract', { facts: { files: 0 } })
      return found
    },
    async open(session, _target, job, file, range) {
      const folder = await lists.folder(session, job)
      if (folder === '') throw new AppError('file-gone')
      return output.open(session, folder, file, range)
    },
  }
}

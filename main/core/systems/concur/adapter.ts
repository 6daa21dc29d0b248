import { AppError, isAppError } from '../../errors.ts'
import type { RemoteId } from '../../ids.ts'
import { seconds } from '../../time.ts'
import type { JobList, RemoteFile, RemoteJob, Session, System, Target } from '../system.ts'
import { definitionPath, definitionsPath, filePath, jobPath, jobsPath, statusPath } from './addresses.ts'
import { type ConcurParts, createConcurClient } from './client.ts'
import { concurTrust, signInToConcur } from './sign-in.ts'
import { readDefinition, readDefinitions, readJob, readJobs, readStartedJob, startBody } from './transform.ts'

/** A job has one answer with its files: a text, or a zip where the definition writes several. */
const theFile: RemoteFile = { id: 'file', name: null }

/** SAP's server keeps the definitions, and ends neither jobs nor tokens for us. */
const unsupported = (what: string) => new AppError('not-supported', { facts: { system: 'concur', what } })

/** SAP Concur's Extract API v1.0 (docs/facts-concur.md). */
export function createConcur(parts: ConcurParts): System {
  const client = createConcurClient(parts)

  function masked(job: RemoteJob): RemoteJob {
    const raw = parts.maskValue(job.raw)
    return { ...job, raw: typeof raw === 'object' ? { ...raw } : {} }
  }

  /** The documents print the status resource's path in two ways: only a 404 at the job itself says that it is gone. */
  async function job(session: Session, definition: Target, id: RemoteId): Promise<RemoteJob> {
    const read = (text: string) => masked(readJob(text, id))
    try {
      return await client.get(session, statusPath(definition.id, id), read)
    } catch (error) {
      if (!isAppError(error, 'not-found')) throw error
      return client.get(session, jobPath(definition.id, id), read)
    }
  }

  const definitions = async (session: Session) => client.get(session, definitionsPath, readDefinitions)

  async function jobsOf(session: Session, definition: RemoteId): Promise<JobList> {
    const { jobs, nameless } = await client.get(session, jobsPath(definition), readJobs)
    return { jobs: jobs.map(listed => ({ ...masked(listed), target: definition })), nameless, complete: true }
  }

  return {
    name: 'concur',
    capabilities: {
      definitions: 'server',
      listOf: 'definition',
      cancelJob: false,
      listTellsStarts: true,
      jobListLimit: 100,
      pollFloor: seconds(10),
      filesLiveFor: () => null,
      filesInFolders: false,
      takesOnlyNew: true,
      keepAliveEvery: null,
      authKinds: ['refresh-token', 'company-request-token', 'client-credentials', 'password', 'access-token'],
    },
    signIn: (http, target, secrets) => signInToConcur(client, parts.clock, http, target, secrets),
    trust: concurTrust,
    async probe(session) {
      await definitions(session)
    },
    // Without a token it says 401, and counts against nobody.
    doorstep: ({ url, origin }) => `${origin ?? new URL(url).origin}${definitionsPath}`,
    signOut: null,
    keepAlive: null,
    definitions,
    definition: async (session, id) => client.get(session, definitionPath(id), readDefinition),
    readRequest() {
      throw unsupported('definition')
    },
    requestOf: () => null,
    // A run takes what has come since the last one. No answer tells of when that was, and the file's batch id counts the
    // batches of the company, not those of a definition.
    periodOf: () => null,
    // What is asked for is the definition, which the server keeps.
    asksAlike: () => true,
    mayStart: () => true,
    async jobs(session, { targets: [definition] }) {
      return definition ? jobsOf(session, definition.id) : { jobs: [], nameless: [], complete: true }
    },
    job,
    async start(session, { id }) {
      return masked(await client.post(session, jobsPath(id), startBody(session.origin, id), readStartedJob))
    },
    async cancel() {
      throw unsupported('cancel')
    },
    files: async (_session, _definition, { hasFiles }) => ({ files: hasFiles ? [theFile] : [], missing: [] }),
    open: async (session, definition, id, _file, range) =>
      client.open(session, filePath(definition.id, id), range),
  }
}

import { isAppError } from '../../errors.ts'
import type { RemoteId } from '../../ids.ts'
import { seconds } from '../../time.ts'
import type { RemoteFile, RemoteJob, Session, System } from '../system.ts'
import { definitionPath, definitionsPath, filePath, jobPath, jobsPath, statusPath } from './addresses.ts'
import { type ConcurParts, createConcurClient } from './client.ts'
import { concurTrust, signInToConcur } from './sign-in.ts'
import { readDefinition, readDefinitions, readJob, readJobs, readStartedJob, startBody } from './transform.ts'

/** A job has one answer with its files: a text, or a zip where the definition writes several. */
const theFile: RemoteFile = { id: 'file', name: null }

/** SAP Concur's Extract API v1.0 (docs/facts-concur.md). */
export function createConcur(parts: ConcurParts): System {
  const client = createConcurClient(parts)

  function masked(job: RemoteJob): RemoteJob {
    const raw = parts.maskValue(job.raw)
    return { ...job, raw: typeof raw === 'object' ? { ...raw } : {} }
  }

  /** The documents print the status resource's path in two ways: only a 404 at the job itself says that it is gone. */
  async function job(session: Session, definition: RemoteId, id: RemoteId): Promise<RemoteJob> {
    const read = (text: string) => masked(readJob(text, id))
    try {
      return await client.get(session, statusPath(definition, id), read)
    } catch (error) {
      if (!isAppError(error, 'not-found')) throw error
      return client.get(session, jobPath(definition, id), read)
    }
  }

  return {
    name: 'concur',
    capabilities: {
      definitions: 'server',
      cancelJob: false,
      listTellsStarts: true,
      jobListLimit: 100,
      pollFloor: seconds(10),
      filesLiveFor: null,
      authKinds: ['refresh-token', 'company-request-token', 'client-credentials', 'password', 'access-token'],
    },
    signIn: (http, target, secrets) => signInToConcur(client, parts.clock, http, target, secrets),
    trust: concurTrust,
    definitions: async session => client.get(session, definitionsPath, readDefinitions),
    definition: async (session, id) => client.get(session, definitionPath(id), readDefinition),
    async jobs(session, definition) {
      const list = await client.get(session, jobsPath(definition), readJobs)
      return { ...list, jobs: list.jobs.map(masked) }
    },
    job,
    async start(session, definition) {
      const body = startBody(session.origin, definition)
      return masked(await client.post(session, jobsPath(definition), body, readStartedJob))
    },
    async files(_session, _definition, { hasFiles }) {
      return hasFiles ? [theFile] : []
    },
    open: async (session, definition, id, _file, range) =>
      client.open(session, filePath(definition, id), range),
  }
}

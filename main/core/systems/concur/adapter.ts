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

  /** The documents print the status resource's path in two ways: only a 404 at the job itself says that it is gone. */
  async function job(session: Session, definition: RemoteId, id: RemoteId): Promise<RemoteJob> {
    const read = (text: string) => readJob(text, id)
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
    jobs: async (session, definition) => client.get(session, jobsPath(definition), readJobs),
    job,
    async start(session, definition) {
      const body = startBody(session.origin, definition)
      return client.post(session, jobsPath(definition), body, readStartedJob)
    },
    async files(_session, _definition, { hasFiles }) {
      return hasFiles ? [theFile] : []
    },
    open: async (session, definition, id, _file, range) =>
      client.open(session, filePath(definition, id), range),
  }
}

import { describe } from 'vitest'
import { files } from './files.ts'
import { jobs } from './jobs.ts'
import { signingIn } from './signing-in.ts'
import { concurSubject } from './subjects/concur.ts'
import { icwsSubject } from './subjects/icws.ts'
import { vaultSubject } from './subjects/vault.ts'

describe.each([concurSubject, icwsSubject, vaultSubject])('$name', subject => {
  describe('signing in', () => signingIn(subject))
  describe('jobs', () => jobs(subject))
  describe('files', () => files(subject))
})

/** What has to do with support: the network doctor, the bundle, and what is removed when it has been kept long enough. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { homedir, hostname, release, userInfo } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { app } from 'electron'
import type { Database } from './adapters/database/database.ts'
import { createDiagnosesRepository } from './adapters/database/repositories/diagnoses.ts'
import { createJournalExtract } from './adapters/database/repositories/journal-extract.ts'
import type { createRawAnswersRepository } from './adapters/database/repositories/raw-answers.ts'
import { defaultLogSize } from './adapters/log.ts'
import { logFilesIn } from './adapters/log-files.ts'
import { zipPacker } from './adapters/zip-packer.ts'
import type { ConnectionsRepository } from './core/connections/types.ts'
import { createDoctor, type DoctorParts } from './core/doctor/doctor-service.ts'
import type { Events } from './core/events.ts'
import type { Redactor } from './core/policy/redact.ts'
import type { Ids } from './core/ports.ts'
import { startRetention } from './core/settings/retention.ts'
import { createSupport } from './core/support/support-service.ts'

type Parts = Omit<DoctorParts, 'diagnoses' | 'mask' | 'version' | 'connections'> & {
  readonly connections: ConnectionsRepository
  readonly database: Database
  readonly answers: ReturnType<typeof createRawAnswersRepository>
  readonly redactor: Redactor
  readonly ids: Ids
  readonly events: Events
  readonly logFolder: string
  readonly tidyUp: () => Promise<void>
}

export function composeSupport(parts: Parts) {
  const { database, log, redactor, answers } = parts
  const diagnoses = createDiagnosesRepository(database, log)
  const logs = logFilesIn(parts.logFolder, defaultLogSize.count)
  return {
    doctor: createDoctor({ ...parts, diagnoses, mask: redactor.text, version: app.getVersion() }),
    support: createSupport({
      ...parts,
      diagnoses,
      logs,
      journal: createJournalExtract(database),
      packer: zipPacker,
      versions,
      personal: () => ({ home: homedir(), account: userInfo().username, computer: hostname() }),
    }),
    startRetention: () => startRetention({ ...parts, answers, logs }),
  }
}

const versions = () => ({
  app: app.getVersion(),
  electron: process.versions.electron ?? '',
  chromium: process.versions.chrome ?? '',
  node: process.versions.node,
  platform: process.platform,
  release: release(),
  arch: process.arch,
  locale: app.getLocale(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  packaged: String(app.isPackaged),
})

/** Keeps the settings as they were before an import, beside the database's own copies. */
export function keepBeforeIn(profile: string) {
  return async (name: string, text: string): Promise<string> => {
    const folder = join(profile, 'backups')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, name)
    await writeFile(`${path}.part`, text, { mode: 0o600 })
    await rename(`${path}.part`, path)
    return path
  }
}

import type { ArchiveEntry, ArchiveRules, FileWork, WorkOptions } from '../core/deliveries/file-work.ts'
import type { Files } from '../core/deliveries/files.ts'
import { extract } from './extract.ts'
import { hashFile } from './hash.ts'
import { receive } from './receive.ts'
import { survey } from './survey.ts'
import { beginsAsGzip, beginsAsTar } from './tar.ts'
import { extractTar } from './tar-extract.ts'
import { surveyTar } from './tar-survey.ts'

/** The work itself, in whatever thread this is called. */
export function createFileWork(files: Files): FileWork {
  return {
    receive: (path, resumeAt) => receive(files, path, resumeAt),
    survey: (archive, rules, options) => surveyOf(files, archive, rules, options),
    extract: (archive, tasks, options) =>
      tasks.some(({ entry }) => entry.method === 'tarred')
        ? extractTar(files, archive, tasks, options)
        : extract(files, archive, tasks, options),
    hash: (path, options) => hashFile(files, path, options),
  }
}

/** A zip or a tar, by its first bytes. */
async function surveyOf(
  files: Files,
  archive: string,
  rules: ArchiveRules,
  options: WorkOptions,
): Promise<readonly ArchiveEntry[]> {
  const reader = await files.open(archive)
  try {
    const head = Buffer.alloc(512)
    await reader.read(head, 0)
    if (beginsAsGzip(head) || beginsAsTar(head)) return await surveyTar(reader, rules, options)
  } finally {
    await reader.close()
  }
  return survey(files, archive, rules, options)
}

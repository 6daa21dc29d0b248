import type { FileWork } from '../core/deliveries/file-work.ts'
import type { Files } from '../core/deliveries/files.ts'
import { extract } from './extract.ts'
import { hashFile } from './hash.ts'
import { receive } from './receive.ts'
import { survey } from './survey.ts'

/** The work itself, in whatever thread this is called. */
export function createFileWork(files: Files): FileWork {
  return {
    receive: (path, resumeAt) => receive(files, path, resumeAt),
    survey: (archive, rules, options) => survey(files, archive, rules, options),
    extract: (archive, tasks, options) => extract(files, archive, tasks, options),
    hash: (path, options) => hashFile(files, path, options),
  }
}

import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { filesOf, rowBytes, type SampleFile } from './samples.ts'
import type { Job } from './state.ts'

export type Writer = {
  /** The local folder behind `extracts`. */
  readonly folder: string
  /** From now on it writes by itself: somebody has signed in. */
  begin(): void
  /** Writes what is due by now, at most a few megabytes. */
  write(): void
  /** Whether all files of a job are whole. */
  isWhole(job: Job): boolean
  close(): void
}

export type WriterParts = {
  readonly folder: string
  readonly seed: number
  readonly largeBytes: number
  readonly now: () => number
  readonly jobs: () => readonly Job[]
  readonly whole: (job: Job) => void
}

type Growing = { readonly path: string; readonly file: SampleFile; written: number }

const ordinaryRows = 120
/** So that a large file does not stop the app that the server runs in. */
const mostRowsAtOnce = 40_000
/** How long a file goes on growing where the job says too early that it has ended. */
const lateMs = 3_000
const everyMs = 100

/**
 * Writes the files of jobs into real folders while they run, by the practice clock. A file that was begun before a
 * restart is begun anew; the same run gives the same bytes.
 */
export function outputWriter({ folder, seed, largeBytes, now, jobs, whole }: WriterParts): Writer {
  const growing = new Map<string, readonly Growing[]>()
  const done = new Set<string>()

  function filesFor(job: Job): readonly Growing[] {
    const known = growing.get(job.id)
    if (known) return known
    const top = join(folder, job.id)
    mkdirSync(top, { recursive: true })
    const rows = job.fill === 'large' ? Math.ceil(largeBytes / rowBytes) : ordinaryRows
    const files = job.fill === 'empty' ? [] : filesOf(seed, job.id, job.config, rows)
    const begun = files.map((file): Growing => {
      const path = join(top, ...file.path)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, pageOf(job) ?? file.head)
      return { path, file, written: pageOf(job) === null ? 0 : file.rows }
    })
    growing.set(job.id, begun)
    return begun
  }

  function write(): void {
    for (const job of jobs()) if (!done.has(job.id)) writeDue(job)
  }

  function writeDue(job: Job): void {
    const at = now()
    const startedAt = job.submittedAt + job.queuedMs
    if (at < startedAt) return
    if (job.cancelled || job.ends === 'failed') {
      done.add(job.id)
      return
    }
    // What was whole at an earlier start of the server is left as it is.
    if (job.writtenAt !== undefined && existsSync(join(folder, job.id))) {
      done.add(job.id)
      return
    }
    const takes = job.runningMs + (job.file === 'late' ? lateMs : 0)
    const share = takes <= 0 ? 1 : Math.min((at - startedAt) / takes, 1)
    let left = mostRowsAtOnce
    const files = filesFor(job)
    for (const one of files) {
      const due = Math.min(Math.floor(one.file.rows * share), one.written + left)
      if (due <= one.written) continue
      left -= due - one.written
      const rows = Array.from({ length: due - one.written }, one.file.next)
      appendFileSync(one.path, rows.join(''))
      one.written = due
    }
    if (share < 1 || files.some(one => one.written < one.file.rows)) return
    growing.delete(job.id)
    done.add(job.id)
    whole(job)
  }

  let timer: NodeJS.Timeout | null = null
  return {
    folder,
    begin() {
      timer ??= setInterval(write, everyMs).unref()
    },
    write,
    isWhole: job => done.has(job.id),
    close() {
      if (timer !== null) clearInterval(timer)
    },
  }
}

/** What is in the file in place of rows. */
function pageOf({ file }: Job): string | null {
  if (file === 'html')
    return '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body></body></html>\n'
  if (file === 'json-error')
    return '{"errorId":"error.dataExtractor","message":"The table could not be read."}\n'
  return null
}

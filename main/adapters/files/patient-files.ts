import { parse, sep } from 'node:path'
import type { FileReader, Files, FileWriter } from '../../core/deliveries/files.ts'
import type { Millis } from '../../core/time.ts'

export type Patience = {
  /** How long one call may take. */
  readonly most: Millis
  /** Removing a tree and syncing may have much to do. */
  readonly mostForMuch: Millis
}

const usual: Patience = { most: 30_000, mostForMuch: 180_000 }

/** Runs a call on a path; throws ETIMEDOUT where it takes longer than `within`. */
export type InTime = <T>(path: string, within: Millis, work: () => Promise<T>) => Promise<T>

/**
 * Calls that end in time. A call on a share that went away may never return, and each one that hangs holds one of
 * Node's four file threads: so it is given up with ETIMEDOUT, and until it does return nothing more is asked of that
 * share. Work at other places goes on meanwhile.
 */
export function createInTime(): InTime {
  const hanging = new Map<string, number>()

  return async (path, within, work) => {
    const place = placeOf(path)
    if ((hanging.get(place) ?? 0) > 0) throw timedOut(path)
    const call = work()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        hanging.set(place, (hanging.get(place) ?? 0) + 1)
        const back = () => hanging.set(place, (hanging.get(place) ?? 1) - 1)
        call.then(back, back)
        reject(timedOut(path))
      }, within)
    })
    try {
      return await Promise.race([call, late])
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Files whose calls end in time. */
export function patient(files: Files, { most, mostForMuch }: Patience = usual): Files {
  const inTime = createInTime()

  const writer = (path: string, inner: FileWriter): FileWriter => ({
    write: bytes => inTime(path, most, () => inner.write(bytes)),
    sync: () => inTime(path, mostForMuch, inner.sync),
    close: () => inTime(path, most, inner.close),
  })
  const reader = (path: string, inner: FileReader): FileReader => ({
    bytes: inner.bytes,
    read: (into, at) => inTime(path, most, () => inner.read(into, at)),
    close: () => inTime(path, most, inner.close),
  })

  return {
    look: path => inTime(path, most, () => files.look(path)),
    real: path => inTime(path, most, () => files.real(path)),
    space: path => inTime(path, most, () => files.space(path)),
    makeFolder: path => inTime(path, most, () => files.makeFolder(path)),
    create: async path => writer(path, await inTime(path, most, () => files.create(path))),
    resume: async (path, keep) => writer(path, await inTime(path, most, () => files.resume(path, keep))),
    open: async path => reader(path, await inTime(path, most, () => files.open(path))),
    link: (from, to) => inTime(to, most, () => files.link(from, to)),
    rename: (from, to) => inTime(to, most, () => files.rename(from, to)),
    remove: path => inTime(path, most, () => files.remove(path)),
    removeTree: path => inTime(path, mostForMuch, () => files.removeTree(path)),
    removeEmptyFolder: path => inTime(path, most, () => files.removeEmptyFolder(path)),
    syncFolder: path => inTime(path, mostForMuch, () => files.syncFolder(path)),
  }
}

/** What hangs together: a drive, a share, or where a share is usually mounted (`/mnt/share`, `/Volumes/share`). */
function placeOf(path: string): string {
  const { root } = parse(path)
  return root === '/' ? path.split(sep).slice(0, 3).join(sep) : root
}

const timedOut = (path: string): Error =>
  Object.assign(new Error(`No answer from ${path}`), { code: 'ETIMEDOUT' })

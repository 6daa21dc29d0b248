import { readFileSync, readlinkSync } from 'node:fs'
import { systemCode } from '../core/deliveries/files.ts'

/** Tells one process of this computer that another one has ended. */
export type Processes = {
  /** What this process is known by, also when its number has been given to another one; null: that cannot be told. */
  readonly own: string | null
  /** Whether the process known by this has certainly ended. False where it cannot be told. */
  hasEnded(known: string): boolean
}

/** For systems that say of a process no more than its number, which is given out again and again. */
export const unknowable: Processes = { own: null, hasEnded: () => false }

type Start = string | 'none' | 'unreadable'

/**
 * Linux: a process is its number and the clock tick at which it was started, among those of one boot that are seen
 * from the same namespaces: two containers of one computer count apart, and so do two boots.
 */
export function linuxProcesses(): Processes {
  const surroundings = surroundingsNow()
  const start = startOf(process.pid)
  if (surroundings === null || start === 'none' || start === 'unreadable') return unknowable
  return {
    own: [surroundings, process.pid, start].join('/'),
    hasEnded(known) {
      const [theirs, pid = '', started] = known.split('/')
      if (theirs !== surroundings || !/^[1-9]\d*$/.test(pid) || started === undefined) return false
      const now = startOf(Number(pid))
      return now !== 'unreadable' && now !== started
    },
  }
}

export const processesOf = (platform: NodeJS.Platform): Processes =>
  platform === 'linux' ? linuxProcesses() : unknowable

function surroundingsNow(): string | null {
  try {
    // A /proc of other namespaces than ours would tell of other processes.
    if (readlinkSync('/proc/self') !== String(process.pid)) return null
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return [boot, readlinkSync('/proc/self/ns/pid'), timeNamespace()].join(' ')
  } catch {
    return null
  }
}

/** Start times are told as of the reader's own; kernels before 5.6 have one for all. */
function timeNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/time')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'one'
    throw error
  }
}

/** The tick at which a process was started: field 22 of its stat, behind a name that may hold anything. */
function startOf(pid: number): Start {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'unreadable'
  } catch (error) {
    return ['ENOENT', 'ESRCH'].includes(systemCode(error) ?? '') && isUnknown(pid) ? 'none' : 'unreadable'
  }
}

/** Where /proc hides the processes of others, the kernel still tells that they are there. */
function isUnknown(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return systemCode(error) === 'ESRCH'
  }
}

import { closeSync, constants, fsync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Files, FileWriter } from '../../core/deliveries/files.ts'
import { rawFiles } from './node-files.ts'

/**
 * The port Files for a worker thread. What is written goes to the system's memory, so the thread does it itself: asking
 * one of Node's four file threads takes longer than the write of a small file. Those four are left to what does wait,
 * reading and syncing; and while bytes are read the thread hears its messages.
 */
export const threadFiles: Files = {
  ...rawFiles,
  create: async path => writerOf(openSync(path, 'wx'), 0),
  async resume(path, keep) {
    const descriptor = openSync(path, constants.O_WRONLY)
    try {
      ftruncateSync(descriptor, keep)
      return writerOf(descriptor, keep)
    } catch (error) {
      closeSync(descriptor)
      throw error
    }
  },
}

const sync = promisify(fsync)

function writerOf(descriptor: number, from: number): FileWriter {
  let at = from
  return {
    async write(bytes) {
      // A call may write less than it was given; the next one then says why (ENOSPC).
      for (let done = 0; done < bytes.length; ) {
        const written = writeSync(descriptor, bytes, done, bytes.length - done, at)
        done += written
        at += written
      }
    },
    sync: () => sync(descriptor),
    close: async () => closeSync(descriptor),
  }
}

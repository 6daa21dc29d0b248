import { constants } from 'node:fs'
import {
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  realpath,
  rename,
  rm,
  rmdir,
  statfs,
  unlink,
} from 'node:fs/promises'
import { type FileReader, type Files, type FileWriter, systemCode } from '../../core/deliveries/files.ts'
import { patient } from './patient-files.ts'

/** Answers that a volume or a system gives for what it does not know: a folder cannot be synced there. */
const cannotSyncFolders: readonly string[] = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']
/** On Windows a folder cannot be opened to be synced; NTFS keeps its names in a log of its own. */
const windowsRefusals: readonly string[] = ['EPERM', 'EISDIR', 'EBADF', 'EACCES']

const setgid = BigInt(0o2000)

/** The port Files on Node's own calls, as the workers use it: they may wait. */
export const rawFiles: Files = {
  async look(path) {
    try {
      const facts = await lstat(path, { bigint: true })
      return {
        kind: facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other',
        bytes: Number(facts.size),
        volume: String(facts.dev),
        identity: `${facts.dev}:${facts.ino}`,
        ...(facts.isDirectory() && (facts.mode & setgid) !== 0n ? { givesGroup: true } : {}),
      }
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return null
      throw error
    }
  },

  real: path => realpath(path),

  async space(folder) {
    try {
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    } catch (error) {
      if (['ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(systemCode(error) ?? '')) return null
      throw error
    }
  },

  makeFolder: async path => void (await mkdir(path)),

  create: async path => writerOf(await open(path, 'wx'), 0),

  async resume(path, keep) {
    const handle = await open(path, constants.O_WRONLY)
    try {
      await handle.truncate(keep)
      return writerOf(handle, keep)
    } catch (error) {
      await handle.close()
      throw error
    }
  },

  async open(path) {
    const handle = await open(path, 'r')
    try {
      return readerOf(handle, (await handle.stat()).size)
    } catch (error) {
      await handle.close()
      throw error
    }
  },

  link,
  rename,
  remove: async path => {
    try {
      await unlink(path)
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error
    }
  },
  removeTree: path => rm(path, { recursive: true, force: true, maxRetries: 2 }),
  async removeEmptyFolder(path) {
    try {
      await rmdir(path)
    } catch (error) {
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) throw error
    }
  },

  async syncFolder(path) {
    try {
      const handle = await open(path, 'r')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
    } catch (error) {
      const code = systemCode(error) ?? ''
      if (cannotSyncFolders.includes(code)) return
      if (process.platform === 'win32' && windowsRefusals.includes(code)) return
      throw error
    }
  },
}

/** The same for the main thread, which gives up on a share that does not answer. */
export const nodeFiles: Files = patient(rawFiles)

/** For what somebody waits for at a form. A share that is slow for it is not thereby given up for deliveries. */
export const trialFiles: Files = patient(rawFiles, { most: 5_000, mostForMuch: 5_000 })

function writerOf(handle: FileHandle, from: number): FileWriter {
  let at = from
  return {
    async write(bytes) {
      // A call may write less than it was given; the next one then says why (ENOSPC).
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at)
        done += bytesWritten
        at += bytesWritten
      }
    },
    sync: () => handle.sync(),
    close: () => handle.close(),
  }
}

function readerOf(handle: FileHandle, bytes: number): FileReader {
  return {
    bytes,
    async read(into, at) {
      let done = 0
      while (done < into.length) {
        const { bytesRead } = await handle.read(into, done, into.length - done, at + done)
        if (bytesRead === 0) break
        done += bytesRead
      }
      return done
    },
    close: () => handle.close(),
  }
}

import { constants } from 'node:fs'
import { lstat, open, readdir, realpath } from 'node:fs/promises'
import type { SourceFacts, SourceFolders } from '../../core/systems/source-folders.ts'
import { createInTime } from './patient-files.ts'

/** How long one call may take: a share that went away may never answer. */
const most = 30_000

/** A link is not followed where it could be put in the place of a file in the last moment. Windows has no such flag. */
const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)

type Stats = Awaited<ReturnType<typeof lookWithoutFollowing>>
const lookWithoutFollowing = (path: string) => lstat(path, { bigint: true })

/** The port SourceFolders on Node's own calls. Files are opened to be read, and nothing else is ever asked for. */
export function createSourceFolders(): SourceFolders {
  const inTime = createInTime()
  return {
    names: folder => inTime(folder, most, () => readdir(folder)),
    look: path => inTime(path, most, async () => factsOf(await lookWithoutFollowing(path))),
    real: path => inTime(path, most, () => realpath(path)),
    async open(path) {
      const handle = await inTime(path, most, () => open(path, readOnly))
      const look = () => inTime(path, most, async () => factsOf(await handle.stat({ bigint: true })))
      return {
        facts: await look(),
        async read(into, at) {
          const { bytesRead } = await inTime(path, most, () => handle.read(into, 0, into.length, at))
          return bytesRead
        },
        look,
        close: () => inTime(path, most, () => handle.close()),
      }
    },
  }
}

export const nodeSourceFolders: SourceFolders = createSourceFolders()

function factsOf(stats: Stats): SourceFacts {
  const kind = stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'folder'
      : stats.isSymbolicLink()
        ? 'link'
        : 'other'
  return { kind, bytes: Number(stats.size), written: String(stats.mtimeNs) }
}

import { createWriteStream } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

const FILE_TYPE = 0o170000
const SYMBOLIC_LINK = 0o120000

/**
 * Unpacks an archive of our own choosing (its hash was checked before), keeping modes and, for
 * macOS frameworks, links. `unzip` is not there on a fresh machine.
 *
 * @param {string} archive path of the zip
 * @param {string} folder existing or not; entries are written below it
 * @param {(name: string) => string | undefined} rename an entry's name → its path below `folder`, or undefined to leave it out
 */
export async function unzip(archive, folder, rename = name => name) {
  const { default: yauzl } = await import('yauzl')
  const zip = await yauzl.openPromise(archive)
  try {
    for await (const entry of zip.eachEntry()) {
      const name = rename(entry.fileName)
      if (name === undefined || entry.fileName.endsWith('/')) continue
      const target = join(folder, name)
      if (!target.startsWith(folder + sep))
        throw new Error(`The archive names a path outside its folder: ${name}`)
      const mode = entry.externalFileAttributes >>> 16
      await mkdir(dirname(target), { recursive: true })
      const content = await zip.openReadStreamPromise(entry)
      if ((mode & FILE_TYPE) === SYMBOLIC_LINK) await symlink(await textOf(content), target)
      else await pipeline(content, createWriteStream(target, { mode: mode & 0o111 ? 0o755 : 0o644 }))
    }
  } finally {
    zip.close()
  }
}

/** @param {AsyncIterable<Buffer>} stream */
async function textOf(stream) {
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

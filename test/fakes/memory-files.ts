import { dirname } from 'node:path/posix'
import type { FileFacts, FileReader, Files, FileWriter } from '../../main/core/deliveries/files.ts'

type Inode = { readonly id: number; data: Buffer; synced: Buffer }
type Node =
  | { readonly kind: 'folder' }
  | { readonly kind: 'file'; readonly inode: Inode }
  | { readonly kind: 'other' }

export type MemoryFiles = Files & {
  /**
   * What a crash leaves. `kill`: the process is gone, nothing else. `power`: names that were not synced are back to
   * what they were, and bytes that were not synced are gone. `names-only`: the names made it, unsynced bytes did not.
   * Names are kept in their order, as every file system with a log does (main/core/deliveries/README.md).
   */
  crash(kind: 'kill' | 'power' | 'names-only'): void
  /** The files below a folder, hidden ones too, by their path. */
  below(folder: string): ReadonlyMap<string, Buffer>
  put(path: string, text: string | Buffer): void
  folder(path: string): void
  /** Something that is neither file nor folder. */
  other(path: string): void
}

export type MemoryFilesOptions = {
  /** Which volume a path is on. */
  readonly volumeOf?: (path: string) => string
  readonly space?: () => number | null
  /** False: a volume without hard links, as FAT is. */
  readonly links?: boolean
}

const failure = (code: string, path: string) => Object.assign(new Error(`${code}: ${path}`), { code })

/** A file system in memory that forgets what a power cut would take. */
export function memoryFiles({
  volumeOf = () => 'disk',
  space = () => null,
  links = true,
}: MemoryFilesOptions = {}): MemoryFiles {
  let nodes = new Map<string, Node>([['/', { kind: 'folder' }]])
  let durable = new Map(nodes)
  let nextId = 1

  const commit = () => {
    durable = new Map(nodes)
  }
  const parentOf = (path: string) => {
    const parent = nodes.get(dirname(path))
    if (!parent) throw failure('ENOENT', path)
    if (parent.kind !== 'folder') throw failure('ENOTDIR', path)
  }
  const inodeAt = (path: string): Inode => {
    const node = nodes.get(path)
    if (!node) throw failure('ENOENT', path)
    if (node.kind !== 'file') throw failure('EISDIR', path)
    return node.inode
  }
  const free = (path: string) => {
    parentOf(path)
    if (nodes.has(path)) throw failure('EEXIST', path)
  }
  const sameVolume = (from: string, to: string) => {
    if (volumeOf(from) !== volumeOf(to)) throw failure('EXDEV', to)
  }
  const inside = (folder: string) => [...nodes.keys()].filter(path => path.startsWith(`${folder}/`))
  const make = (path: string, data: Buffer): Inode => {
    const inode = { id: nextId, data, synced: Buffer.alloc(0) }
    nextId += 1
    nodes.set(path, { kind: 'file', inode })
    return inode
  }

  const writerOf = (inode: Inode): FileWriter => ({
    async write(bytes) {
      inode.data = Buffer.concat([inode.data, bytes])
    },
    async sync() {
      inode.synced = inode.data
      commit()
    },
    async close() {},
  })

  return {
    async look(path): Promise<FileFacts | null> {
      const node = nodes.get(path)
      if (!node) return null
      return {
        kind: node.kind,
        bytes: node.kind === 'file' ? node.inode.data.length : 0,
        volume: volumeOf(path),
        identity: node.kind === 'file' ? String(node.inode.id) : path,
      }
    },
    async real(path) {
      if (!nodes.has(path)) throw failure('ENOENT', path)
      return path
    },
    space: async () => space(),
    async makeFolder(path) {
      free(path)
      nodes.set(path, { kind: 'folder' })
    },
    async create(path) {
      free(path)
      return writerOf(make(path, Buffer.alloc(0)))
    },
    async resume(path, keep) {
      const inode = inodeAt(path)
      inode.data = inode.data.subarray(0, keep)
      return writerOf(inode)
    },
    async open(path): Promise<FileReader> {
      const { data } = inodeAt(path)
      return {
        bytes: data.length,
        read: async (into, at) => data.copy(into, 0, at),
        close: async () => {},
      }
    },
    async link(from, to) {
      if (!links) throw failure('EPERM', to)
      const inode = inodeAt(from)
      sameVolume(from, to)
      free(to)
      nodes.set(to, { kind: 'file', inode })
    },
    async rename(from, to) {
      const node = nodes.get(from)
      if (!node) throw failure('ENOENT', from)
      sameVolume(from, to)
      parentOf(to)
      const there = nodes.get(to)
      if (there && there.kind !== node.kind) throw failure(there.kind === 'folder' ? 'EISDIR' : 'ENOTDIR', to)
      if (there?.kind === 'folder' && inside(to).length > 0) throw failure('ENOTEMPTY', to)
      // Two names of one file: POSIX leaves both.
      if (there?.kind === 'file' && node.kind === 'file' && there.inode === node.inode) return
      const moved = [from, ...inside(from)]
      for (const path of moved) {
        const one = nodes.get(path)
        if (one) nodes.set(`${to}${path.slice(from.length)}`, one)
        nodes.delete(path)
      }
    },
    async remove(path) {
      if (nodes.get(path)?.kind === 'folder') throw failure('EISDIR', path)
      nodes.delete(path)
    },
    async removeTree(path) {
      for (const one of [path, ...inside(path)]) nodes.delete(one)
    },
    async removeEmptyFolder(path) {
      if (nodes.get(path)?.kind === 'folder' && inside(path).length === 0) nodes.delete(path)
    },
    async syncFolder(path) {
      if (nodes.get(path)?.kind !== 'folder') throw failure('ENOENT', path)
      commit()
    },

    crash(kind) {
      if (kind === 'kill') return
      if (kind === 'power') nodes = new Map(durable)
      for (const node of nodes.values()) if (node.kind === 'file') node.inode.data = node.inode.synced
      durable = new Map(nodes)
    },
    below: folder =>
      new Map(
        inside(folder).flatMap(path => {
          const node = nodes.get(path)
          return node?.kind === 'file' ? [[path, node.inode.data] as const] : []
        }),
      ),
    put(path, content) {
      const inode = make(path, Buffer.from(content))
      inode.synced = inode.data
      commit()
    },
    folder(path) {
      const parent = dirname(path)
      if (!nodes.has(parent)) this.folder(parent)
      nodes.set(path, { kind: 'folder' })
      commit()
    },
    other(path) {
      nodes.set(path, { kind: 'other' })
      commit()
    },
  }
}

/** Called before every operation with its name and path; throwing keeps the operation from happening. */
export type Gate = (operation: string, path: string) => void

/** The same files behind a gate: where tests count operations, stop the world, or let one of them fail. */
export function gatedFiles(files: Files, gate: Gate): Files {
  const writer = (path: string, inner: FileWriter): FileWriter => ({
    async write(bytes) {
      gate('write', path)
      await inner.write(bytes)
    },
    async sync() {
      gate('sync', path)
      await inner.sync()
    },
    async close() {
      gate('close', path)
      await inner.close()
    },
  })
  const reader = (path: string, inner: FileReader): FileReader => ({
    bytes: inner.bytes,
    async read(into, at) {
      gate('read', path)
      return inner.read(into, at)
    },
    close: () => inner.close(),
  })
  return {
    async look(path) {
      gate('look', path)
      return files.look(path)
    },
    async real(path) {
      gate('real', path)
      return files.real(path)
    },
    async space(path) {
      gate('space', path)
      return files.space(path)
    },
    async makeFolder(path) {
      gate('makeFolder', path)
      await files.makeFolder(path)
    },
    async create(path) {
      gate('create', path)
      return writer(path, await files.create(path))
    },
    async resume(path, keep) {
      gate('resume', path)
      return writer(path, await files.resume(path, keep))
    },
    async open(path) {
      gate('open', path)
      return reader(path, await files.open(path))
    },
    async link(from, to) {
      gate('link', to)
      await files.link(from, to)
    },
    async rename(from, to) {
      gate('rename', to)
      await files.rename(from, to)
    },
    async remove(path) {
      gate('remove', path)
      await files.remove(path)
    },
    async removeTree(path) {
      gate('removeTree', path)
      await files.removeTree(path)
    },
    async removeEmptyFolder(path) {
      gate('removeEmptyFolder', path)
      await files.removeEmptyFolder(path)
    },
    async syncFolder(path) {
      gate('syncFolder', path)
      await files.syncFolder(path)
    },
  }
}

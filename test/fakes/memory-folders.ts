import type { SourceFacts, SourceFolders } from '../../main/core/systems/source-folders.ts'

type Standing = { readonly bytes: Uint8Array; readonly written: string } | { readonly link: string }

export type MemoryFolders = SourceFolders & {
  /** Puts a file there, or another one in its place. */
  put(path: string, text: string, written?: string): void
  link(path: string, to: string): void
  /** The share is away: every call fails with this code. */
  away(code: string | null): void
  /** Runs once, when the named path is read. */
  whenRead(run: () => void): void
}

const failing = (code: string): Error => Object.assign(new Error(code), { code })

/** Folders of a POSIX system, in memory; a folder is there where something is in it, or where it was named. */
export function memoryFolders(...empty: readonly string[]): MemoryFolders {
  const files = new Map<string, Standing>()
  let code: string | null = null
  let onRead = () => {}

  const parents = (path: string): readonly string[] =>
    path
      .split('/')
      .slice(1, -1)
      .map((_, index, parts) => `/${parts.slice(0, index + 1).join('/')}`)
  const folders = () => new Set(['/', ...empty, ...[...files.keys(), ...empty].flatMap(parents)])

  function factsOf(path: string): SourceFacts {
    if (code !== null) throw failing(code)
    const file = files.get(path)
    if (file === undefined) {
      if (folders().has(path)) return { kind: 'folder', bytes: 0, written: '0' }
      throw failing('ENOENT')
    }
    if ('link' in file) return { kind: 'link', bytes: 0, written: '0' }
    return { kind: 'file', bytes: file.bytes.length, written: file.written }
  }

  return {
    put: (path, text, written = '1') => void files.set(path, { bytes: Buffer.from(text), written }),
    link: (path, to) => void files.set(path, { link: to }),
    away(why) {
      code = why
    },
    whenRead(run) {
      onRead = run
    },
    async names(folder) {
      factsOf(folder)
      const below = [...files.keys(), ...folders()].filter(path => path.startsWith(`${folder}/`))
      return [...new Set(below.map(path => path.slice(folder.length + 1).split('/')[0] ?? ''))]
    },
    look: async path => factsOf(path),
    async real(path) {
      const linked = [path, ...parents(path)].find(one => {
        const file = files.get(one)
        return file !== undefined && 'link' in file
      })
      const found = linked === undefined ? undefined : files.get(linked)
      const real = found && 'link' in found && linked ? `${found.link}${path.slice(linked.length)}` : path
      factsOf(real)
      return real
    },
    async open(path) {
      const facts = factsOf(path)
      return {
        facts,
        async read(into, at) {
          const file = files.get(path)
          if (code !== null || file === undefined || 'link' in file) throw failing(code ?? 'ENOENT')
          const piece = file.bytes.subarray(at, at + into.length)
          into.set(piece)
          const run = onRead
          onRead = () => {}
          run()
          return piece.length
        },
        look: async () => factsOf(path),
        close: async () => {},
      }
    },
  }
}

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type StateFile<T> = { read(): T | undefined; write(value: T): void }

/**
 * Keeps one system's state in `dir`, or nowhere when no folder is given. Writing is synchronous on purpose: a
 * job must be on disk before its 201 leaves, because tests kill the process right after it. The rename makes
 * sure that a kill in the middle leaves the old state whole.
 */
export function stateFile<T>(dir: string | undefined, name: string): StateFile<T> {
  if (dir === undefined) return { read: () => undefined, write: () => {} }
  const path = join(dir, `${name}.json`)
  return {
    read() {
      let text: string
      try {
        text = readFileSync(path, 'utf8')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
      return JSON.parse(text) as T
    },
    write(value) {
      mkdirSync(dir, { recursive: true })
      writeFileSync(`${path}.new`, JSON.stringify(value), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
  }
}

/** A state together with its file: `change` is on disk when it returns. */
export type Store<T> = { readonly state: T; change(change: (state: T) => void): void }

/** Opens the saved state, or begins with `fresh`. A file of another version is an error, never overwritten. */
export function openStore<T extends { readonly version: number }>(
  file: StateFile<T>,
  version: T['version'],
  fresh: () => T,
): Store<T> {
  const saved = file.read()
  if (saved !== undefined && saved.version !== version) {
    throw new Error('The practice state was written by another version. Choose another folder.')
  }
  const state = saved ?? fresh()
  if (saved === undefined) file.write(state)
  return {
    state,
    change(change) {
      change(state)
      file.write(state)
    },
  }
}

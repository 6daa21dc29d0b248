import { basename, dirname } from 'node:path/posix'
import { describe, expect, it } from 'vitest'
import { type Folders, whereabouts } from '../../../main/core/receipts/moved.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import { gatedFiles, type MemoryFiles, memoryFiles } from '../../fakes/memory-files.ts'

const never = new AbortController().signal

/** What is in a folder, from the paths of all files. */
const foldersOf = (files: MemoryFiles): Folders => ({
  async list(folder) {
    const below = [...files.below(folder).keys()].map(path => path.slice(folder.length + 1).split('/'))
    const names = new Map(below.map(parts => [parts[0] ?? '', parts.length > 1] as const))
    return [...names].map(([name, isFolder]) => ({ name, kind: isFolder ? 'folder' : 'file' }))
  },
})

async function delivered(texts: Readonly<Record<string, string>>) {
  const files = memoryFiles()
  files.folder('/in')
  const hashed: string[] = []
  const seen = gatedFiles(files, (operation, path) => void (operation === 'open' && hashed.push(path)))
  const work = createFileWork(seen)
  const list: { path: string; bytes: number; sha256: string }[] = []
  for (const [path, text] of Object.entries(texts)) {
    files.put(path, text)
    const { bytes, sha256 } = await work.hash(path, { signal: never, onProgress: () => {} })
    list.push({ path, bytes, sha256 })
  }
  const world = { files: seen, work, folders: foldersOf(files) }
  return { files, hashed, find: () => whereabouts(world, '/in', list, never) }
}
async function move(files: MemoryFiles, from: string, to: string) {
  if (!(await files.look(dirname(to)))) files.folder(dirname(to))
  await files.rename(from, to)
}

describe('a delivered file that is not where it was put', () => {
  it('is found under another name, and in a folder below', async () => {
    const { files, find } = await delivered({ '/in/a.txt': 'one', '/in/b.txt': 'other' })
    await move(files, '/in/a.txt', '/in/renamed.txt')
    await move(files, '/in/b.txt', '/in/done/2026/b.txt')
    expect(await find()).toEqual([
      { path: '/in/a.txt', found: 'moved', movedTo: '/in/renamed.txt' },
      { path: '/in/b.txt', found: 'moved', movedTo: '/in/done/2026/b.txt' },
    ])
  })

  it('is missing where nothing has its bytes, or only something that was delivered beside it', async () => {
    const { files, find } = await delivered({ '/in/a.txt': 'one', '/in/b.txt': 'one', '/in/c.txt': 'two' })
    await files.remove('/in/a.txt')
    await files.remove('/in/c.txt')
    files.put('/in/d.txt', 'tow')
    expect((await find()).map(({ found }) => found)).toEqual(['missing', 'there', 'missing'])
  })

  it('is not two files in one place, and two are not one', async () => {
    const { files, find } = await delivered({ '/in/a.txt': 'one', '/in/b.txt': 'one' })
    await files.remove('/in/a.txt')
    await move(files, '/in/b.txt', '/in/c.txt')
    expect((await find()).map(({ found }) => found)).toEqual(['moved', 'missing'])
  })

  it('is changed, not moved, where something else has its name', async () => {
    const { files, find } = await delivered({ '/in/a.txt': 'one' })
    await move(files, '/in/a.txt', '/in/b.txt')
    files.put('/in/a.txt', 'two')
    expect((await find()).map(({ found }) => found)).toEqual(['changed'])
  })

  it('is not looked for among empty files, nor in what is hidden', async () => {
    const { files, find } = await delivered({ '/in/a.txt': '', '/in/b.txt': 'one' })
    await files.remove('/in/a.txt')
    files.put('/in/empty.txt', '')
    await move(files, '/in/b.txt', '/in/.extract-desk-p1/b.txt')
    expect((await find()).map(({ found }) => found)).toEqual(['missing', 'missing'])
  })

  it('costs little to be looked for: files of its size are hashed, its own name first, and not many', async () => {
    const { files, hashed, find } = await delivered({ '/in/a.txt': 'one' })
    for (let n = 0; n < 100; n += 1) files.put(`/in/x${n}.txt`, 'two')
    for (let n = 0; n < 100; n += 1) files.put(`/in/y${n}.txt`, 'longer')
    await move(files, '/in/a.txt', '/in/z/a.txt')
    hashed.length = 0
    expect((await find()).map(({ found }) => found)).toEqual(['moved'])
    expect(hashed).toEqual(['/in/z/a.txt'])
    await files.remove('/in/z/a.txt')
    hashed.length = 0
    expect((await find()).map(({ found }) => found)).toEqual(['missing'])
    expect(hashed.length).toBeLessThan(20)
    expect(hashed.every(path => basename(path).startsWith('x'))).toBe(true)
  })

  it('is missing where the folder cannot be read', async () => {
    const { files } = await delivered({ '/in/a.txt': 'one' })
    const folders: Folders = {
      list: async () => {
        throw new Error('EACCES')
      },
    }
    const world = { files, work: createFileWork(files), folders }
    const gone = { path: '/in/gone.txt', bytes: 3, sha256: 'aa' }
    expect(await whereabouts(world, '/in', [gone], never)).toEqual([
      { path: '/in/gone.txt', found: 'missing' },
    ])
  })
})

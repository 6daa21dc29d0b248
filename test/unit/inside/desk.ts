/** Look inside over real files in a folder of its own, with the work done in place. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { nodeFolders } from '../../../main/adapters/files/list-folders.ts'
import { rawFiles } from '../../../main/adapters/files/node-files.ts'
import { threadFiles } from '../../../main/adapters/files/thread-files.ts'
import { createInsideService, type InsideWorld } from '../../../main/core/inside/inside-service.ts'
import type { InsideWork } from '../../../main/core/inside/inside-work.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import { lookInside } from '../../../main/worker/inside/inside.ts'
import type { InsideProgress, InsideView } from '../../../preload/contract/inside.ts'
import type { ReceiptFile, ReceiptView } from '../../../preload/contract/receipts.ts'
import { only } from '../ipc/services.ts'

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export function insideDesk(copyTo: () => string | null = () => null) {
  const folder = mkdtempSync(join(tmpdir(), 'inside-'))
  const scratch = join(folder, 'scratch')
  const destination = mkdtempSync(join(tmpdir(), 'inside-to-'))
  const files: ReceiptFile[] = []
  const progress: InsideProgress[] = []
  const shown: string[] = []
  const waiting: (() => void)[] = []
  let archive: ReceiptView['archive'] = null
  let given = 0
  const next = () => {
    given += 1
    return given
  }
  const inPlace: InsideWork = {
    // What is asked decides what is answered; the same cast is made where threads answer.
    inside: (ask, options) => lookInside(ask, options) as never,
  }
  const world: InsideWorld = {
    receipts: {
      show: async () => only<ReceiptView>('receipt', { folder: destination, files, archive }),
    },
    files: rawFiles,
    folders: nodeFolders,
    work: { ...createFileWork(threadFiles), ...inPlace },
    native: { chooseCopy: async () => copyTo(), showInFolder: path => shown.push(path) },
    ids: { next: kind => `${kind}-${next()}` },
    scratch,
    publish(one) {
      progress.push(one)
      for (const tell of waiting.splice(0)) tell()
    },
    archiveFactor: async () => 1,
  }
  const service = createInsideService(world)
  const workId = () => `work-${next()}`

  /** A delivered file, in its destination. */
  function deliver(name: string, bytes: Uint8Array | string, options: { readonly there?: boolean } = {}) {
    const path = join(destination, name)
    const content = Buffer.from(bytes)
    if (options.there !== false) writeFileSync(path, content)
    files.push({
      path,
      bytes: content.length,
      sha256: sha256(content),
      crc32: crc32(content).toString(16).padStart(8, '0'),
      rows: null,
    })
    return { path, fileIndex: files.length - 1 }
  }

  async function view(fileIndex: number, entry: string | null = null): Promise<InsideView> {
    const opened = await service.open({ receiptId: 'r-1', fileIndex, entry }, workId())
    if (opened.kind !== 'table') throw new Error('It is an archive')
    return opened.view
  }

  return {
    service,
    workId,
    deliver,
    view,
    destination,
    scratch,
    progress,
    shown,
    /** Resolves when a work next tells how far it is. */
    told: () => new Promise<void>(resolve => waiting.push(resolve)),
    /** A file delivered and opened at once. */
    open: (bytes: Uint8Array | string, name = 'extract.txt') => view(deliver(name, bytes).fileIndex),
    /** All cells of all rows, by position. */
    async table({ viewId, columns }: InsideView, count = 500) {
      const range = { from: 0, count, columns: columns.map(({ number }) => number) }
      return (await service.rows(viewId, range)).map(({ cells }) => cells)
    },
    keptArchive(path: string) {
      const bytes = readFileSync(path)
      archive = { name: basename(path), bytes: bytes.length, sha256: sha256(bytes) }
    },
    stateOf: (path: string) => ({ sha256: sha256(readFileSync(path)), at: statSync(path).mtimeMs }),
    end() {
      rmSync(folder, { recursive: true, force: true })
      rmSync(destination, { recursive: true, force: true })
    },
  }
}

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeFolders } from '../../../main/adapters/files/list-folders.ts'
import { nodeFiles } from '../../../main/adapters/files/node-files.ts'
import { openFileWorkers } from '../../../main/adapters/worker/file-workers.ts'
import { createInsideService, type InsideService } from '../../../main/core/inside/inside-service.ts'
import type { InsideView } from '../../../preload/contract/inside.ts'
import type { ReceiptView } from '../../../preload/contract/receipts.ts'

const worker = fileURLToPath(new URL('../../../dist/main/worker.js', import.meta.url))
const everyMs = 50

export type Looking = {
  readonly service: InsideService
  open(): Promise<InsideView>
  /** How long a work takes, and by how much the memory of all threads grew meanwhile. */
  timed<T>(
    work: () => Promise<T>,
  ): Promise<{ readonly value: T; readonly ms: number; readonly peakMegabytes: number }>
  close(): Promise<void>
}

/** The app's own service and its bundled worker threads, over one file that counts as delivered. */
export function lookInside(path: string): Looking {
  const work = openFileWorkers(worker)
  const file = { path, bytes: 0, sha256: '', crc32: null, rows: null }
  const receipt: Pick<ReceiptView, 'files' | 'folder' | 'archive'> = {
    files: [file],
    folder: path,
    archive: null,
  }
  const service = createInsideService({
    work,
    files: nodeFiles,
    folders: nodeFolders,
    // A view asks for no more of a receipt than this.
    receipts: { show: async () => receipt as ReceiptView },
    native: { chooseCopy: async () => null, showInFolder: () => {} },
    ids: { next: kind => `${kind}-1` },
    scratch: join(path, '..', 'scratch'),
    archiveFactor: async () => 1,
    publish: () => {},
  })
  return {
    service,
    async open() {
      const opened = await service.open({ receiptId: 'r-1', fileIndex: 0, entry: null }, 'open')
      if (opened.kind !== 'table') throw new Error('It is no table')
      return opened.view
    },
    async timed(run) {
      const before = process.memoryUsage().rss
      let peak = before
      const looked = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage().rss)
      }, everyMs)
      try {
        const began = performance.now()
        const value = await run()
        return { value, ms: performance.now() - began, peakMegabytes: (peak - before) / 1e6 }
      } finally {
        clearInterval(looked)
      }
    },
    async close() {
      await service.closeAll()
      await work.close()
    },
  }
}

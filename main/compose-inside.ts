/** Look inside: loaded when a file is first looked into, and with threads of its own, so that no delivery waits for it. */
import { join } from 'node:path'
import { app } from 'electron'
import { nodeFolders } from './adapters/files/list-folders.ts'
import { nodeFiles } from './adapters/files/node-files.ts'
import { randomIds } from './adapters/ids.ts'
import { openFileWorkers } from './adapters/worker/file-workers.ts'
import type { Desk } from './core/desk.ts'
import { createInsideService, type InsideService, type InsideWorld } from './core/inside/inside-service.ts'

export type OpenInside = { readonly service: InsideService; close(): Promise<void> }

export function composeInside(
  { receipts, settings }: Pick<Desk, 'receipts' | 'settings'>,
  profile: string,
  parts: Pick<InsideWorld, 'native' | 'publish'>,
): OpenInside {
  const work = openFileWorkers(join(app.getAppPath(), 'dist', 'main', 'worker.js'))
  const service = createInsideService({
    ...parts,
    receipts,
    files: nodeFiles,
    folders: nodeFolders,
    work,
    ids: randomIds,
    scratch: join(profile, 'inside'),
    archiveFactor: async () => (await settings.get()).archiveFactor,
  })
  return {
    service,
    async close() {
      await service.closeAll()
      await work.close()
    },
  }
}

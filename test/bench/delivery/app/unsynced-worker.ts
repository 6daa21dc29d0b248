import { parentPort } from 'node:worker_threads'
import { threadFiles } from '../../../../main/adapters/files/thread-files.ts'
import type { Files, FileWriter } from '../../../../main/core/deliveries/files.ts'
import type { ToWorker } from '../../../../main/core/deliveries/thread-protocol.ts'
import { createFileWork } from '../../../../main/worker/file-work.ts'
import { serve } from '../../../../main/worker/serve.ts'

/** The worker thread, with files that are never synced: what a delivery would cost if a power cut did not matter. */
const unsynced = (writer: FileWriter): FileWriter => ({ ...writer, sync: async () => {} })
const files: Files = {
  ...threadFiles,
  create: async path => unsynced(await threadFiles.create(path)),
  resume: async (path, keep) => unsynced(await threadFiles.resume(path, keep)),
  syncFolder: async () => {},
}

const take = serve(createFileWork(files), (message, transfer) =>
  parentPort?.postMessage(message, [...transfer]),
)
parentPort?.on('message', (message: ToWorker) => take(message))

import { parentPort } from 'node:worker_threads'
import { threadFiles } from '../adapters/files/thread-files.ts'
import type { ToMain, ToWorker } from '../core/deliveries/thread-protocol.ts'
import { createFileWork } from './file-work.ts'
import { serve } from './serve.ts'

/** A worker thread: what would stall the main thread is done here. Started by main/adapters/worker. */
const port = parentPort
if (port) {
  const take = serve(createFileWork(threadFiles), (message: ToMain, transfer) =>
    port.postMessage(message, [...transfer]),
  )
  port.on('message', (message: ToWorker) => take(message))
}

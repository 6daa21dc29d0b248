import { parentPort } from 'node:worker_threads'
import { rawFiles } from '../adapters/files/node-files.ts'
import type { ToMain, ToWorker } from '../core/deliveries/thread-protocol.ts'
import { createFileWork } from './file-work.ts'
import { serve } from './serve.ts'

/** A worker thread: what would stall the main thread is done here. Started by main/adapters/worker. */
const port = parentPort
if (port) {
  const take = serve(createFileWork(rawFiles), (message: ToMain, transfer) =>
    port.postMessage(message, [...transfer]),
  )
  port.on('message', (message: ToWorker) => take(message))
}

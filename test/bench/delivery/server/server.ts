import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { bundleForNode } from '../../../fakes/children/bundle.ts'
import type { Material } from '../material/material.ts'

export type FileServer = { readonly origin: string; close(): Promise<void> }

/** Starts the process that serves these files by their names, and the huge archive. */
export async function startFileServer(materials: readonly Material[]): Promise<FileServer> {
  const script = await bundleForNode(join(import.meta.dirname, 'process.ts'))
  const paths = Object.fromEntries(materials.map(({ name, path }) => [name, path]))
  const child = spawn(process.execPath, [script, JSON.stringify(paths)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const [origin] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([status]) => Promise.reject(new Error(`The file server ended with ${status}`))),
  ])
  return {
    origin: String(origin),
    async close() {
      child.stdin.end()
      await ended
    },
  }
}

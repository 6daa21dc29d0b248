/**
 * An app that does nothing but deliver what it is told to, with the parts of the real one. It reads a command a line
 * from standard input, and answers each with a line.
 */
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { app } from 'electron'
import { prepareSession } from '../../../../main/app/session.ts'
import type { ReceiptId } from '../../../../main/core/ids.ts'
import type { Log } from '../../../../main/core/ports.ts'
import { startHeartbeat } from './heartbeat.ts'
import type { Answer, Command, Delivered, Receipted } from './protocol.ts'
import { fileSystem } from './system.ts'
import { openRealWorld } from './world.ts'

const say = (answer: Answer): void => void process.stdout.write(`${JSON.stringify(answer)}\n`)
const log: Log = {
  write: (level, event, facts) => void process.stderr.write(`${level} ${event} ${JSON.stringify(facts)}\n`),
}

async function run(): Promise<void> {
  const { system, session, serve } = fileSystem()
  const worker = new URL(process.env.BENCH_WORKER ?? 'worker.js', import.meta.url)
  const world = await openRealWorld({ profile: app.getPath('userData'), worker, system, session, log })
  let delivered: ReceiptId | null = null
  let heartbeat: ReturnType<typeof startHeartbeat> | null = null

  async function deliver({ url, folder }: { url: string; folder: string }): Promise<Delivered> {
    serve(url)
    const began = performance.now()
    const delivery = await world.deliver(folder)
    const seconds = (performance.now() - began) / 1000
    delivered = delivery.receiptId
    await world.quiet()
    return { seconds, state: delivery.state }
  }

  async function receipt(): Promise<Receipted> {
    const found = delivered === null ? null : await world.receipts.find(delivered)
    const files = found?.content.files.map(({ path, sha256 }) => [basename(path), sha256] as const) ?? []
    return { files: Object.fromEntries(files) }
  }

  say({ ready: true })
  for await (const line of createInterface({ input: process.stdin })) {
    const command: Command = JSON.parse(line)
    if (command.do === 'deliver') say(await deliver(command))
    else if (command.do === 'receipt') say(await receipt())
    else if (command.do === 'beat') {
      heartbeat = startHeartbeat()
      say({ ready: true })
    } else say({ lateMs: heartbeat?.stop() ?? [] })
  }
  await world.close()
  app.exit(0)
}

prepareSession(app)
// Not awaited here: Electron becomes ready only when this module has been loaded.
void app.whenReady().then(run)

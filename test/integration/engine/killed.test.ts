import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { remoteId } from '../../../main/core/ids.ts'
import type { RemoteJob } from '../../../main/core/systems/system.ts'
import { instantAt } from '../../../main/core/time.ts'
import { bundleForNode } from '../../fakes/children/bundle.ts'
import { systemTime } from '../../fakes/fake-system.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'

/** Faster, and a busy machine would take longer between the journal and the wire than the engine allows (start.ts). */
const speed = 25
const servers: Server[] = []
const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL'))
      await once(child, 'exit')
  }
  for (const server of servers.splice(0)) server.closeAllConnections()
})

/** A system that never refuses a start: whoever asks twice gets two jobs. */
async function startSystem(began: number) {
  const jobs: RemoteJob[] = []
  let onPost = (): void => {}
  const server = createServer((request, response) => {
    const answer = (body: unknown) => response.writeHead(200).end(JSON.stringify(body))
    if (request.method === 'GET') return answer(jobs)
    const now = instantAt(Math.floor(began + (Date.now() - began) * speed))
    const job: RemoteJob = {
      id: remoteId(`R${jobs.length + 1}`),
      status: 'running',
      rawStatus: 'Running',
      startedAt: systemTime(now),
      endedAt: null,
      hasFiles: false,
      raw: {},
    }
    jobs.unshift(job)
    onPost()
    return answer(job)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    jobs,
    address,
    posted: new Promise<void>(resolve => {
      onPost = resolve
    }),
  }
}

type Outcome = {
  readonly remoteId?: string
  readonly state?: string
  readonly error?: unknown
  readonly open: string[]
}

/** Starts the process; `ready` when it begins its work, `outcome` when it has ended by itself. */
function launch(script: string, folder: string, address: string, began: number) {
  const child = spawn(process.execPath, [script, folder, address, String(began), String(speed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async () => String((await lines.next()).value ?? '')
  const ready = line()
  const outcome = ready.then(line).then((text): Outcome => JSON.parse(text))
  outcome.catch(() => {})
  return { child, exited, ready, outcome }
}

test('processes are killed while they start a job, at any moment: the system is asked for it once', {
  timeout: 180_000,
}, async () => {
  const script = await bundleForNode(join(import.meta.dirname, '../../fakes/children/starter.ts'))
  let cutAfterPost = 0
  for (let round = 0; round < 9; round++) {
    const began = Date.now()
    const system = await startSystem(began)
    const folder = tempFolder()
    const first = launch(script, folder, system.address, began)
    await first.ready
    // Every third is killed as its request is answered, the others a few more turns of this loop after their beginning.
    if (round % 3 === 0) await Promise.race([system.posted, first.outcome])
    else for (let turn = 0; turn < round * 60; turn++) await new Promise(setImmediate)
    first.child.kill('SIGKILL')
    await first.exited
    if (system.jobs.length > 0) cutAfterPost += 1

    const next = [1, 2].map(() => launch(script, folder, system.address, began).outcome)
    const outcomes = await Promise.all(next)
    expect(outcomes, `round ${round}`).toMatchObject([
      { remoteId: 'R1', state: 'running', open: ['running'] },
      { remoteId: 'R1', state: 'running', open: ['running'] },
    ])
    expect(system.jobs, `round ${round}`).toHaveLength(1)
  }
  expect(cutAfterPost).toBeGreaterThan(0)
})

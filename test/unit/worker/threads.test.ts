import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { patient } from '../../../main/adapters/files/patient-files.ts'
import { receiveIn } from '../../../main/adapters/worker/receive-in.ts'
import { createThread } from '../../../main/adapters/worker/thread.ts'
import type { FileWork } from '../../../main/core/deliveries/file-work.ts'
import type { ToMain, ToWorker } from '../../../main/core/deliveries/thread-protocol.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import { serve } from '../../../main/worker/serve.ts'
import { gatedFiles, memoryFiles } from '../../fakes/memory-files.ts'

/** A worker thread's two ends in one thread. Messages are copied and buffers taken away, as between two. */
function workerOf(work: FileWork) {
  const worker = new EventEmitter()
  const take = serve(work, (message: ToMain, transfer) => {
    const copy = structuredClone(message, { transfer: [...transfer] })
    setImmediate(() => worker.emit('message', copy))
  })
  const fake = Object.assign(worker, {
    postMessage(message: ToWorker, transfer: readonly ArrayBuffer[]) {
      const copy = structuredClone(message, { transfer: [...transfer] })
      setImmediate(() => take(copy))
    },
    ref: () => {},
    unref: () => {},
    terminate: async () => 0,
  })
  return fake as unknown as Worker & EventEmitter
}

const full = () => {
  throw Object.assign(new Error('full'), { code: 'ENOSPC' })
}

describe('a download whose pieces cannot be written', () => {
  it('fails at the next piece with the reason, and can be left with what came', async () => {
    const files = memoryFiles()
    let room = 2
    const gated = gatedFiles(files, operation => {
      if (operation === 'write' && room-- <= 0) full()
    })
    const worker = workerOf(createFileWork(gated))
    const receiving = await receiveIn(
      createThread(worker).call({ kind: 'receive', path: '/a', resumeAt: 0 }, () => {}),
    )
    const writing = async () => {
      for (let pieces = 0; pieces < 100; pieces += 1) await receiving.write(Buffer.alloc(256 * 1024))
    }
    await expect(writing()).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(await receiving.leave()).toBeLessThanOrEqual(3 * 256 * 1024)
    expect(files.below('').get('/a')?.length).toBe(2 * 256 * 1024)
  })

  it('fails at the end where the last piece was the one', async () => {
    const gated = gatedFiles(memoryFiles(), operation => {
      if (operation === 'write') full()
    })
    const worker = workerOf(createFileWork(gated))
    const receiving = await receiveIn(
      createThread(worker).call({ kind: 'receive', path: '/a', resumeAt: 0 }, () => {}),
    )
    await receiving.write(Buffer.from('a,b\n'))
    await expect(receiving.finish()).rejects.toMatchObject({ code: 'ENOSPC' })
  })

  it('waits for the disk when eight buffers are on their way', async () => {
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const written: number[] = []
    const inner = createFileWork(memoryFiles())
    const slow: FileWork = {
      ...inner,
      async receive(path, resumeAt) {
        const receiving = await inner.receive(path, resumeAt)
        return {
          ...receiving,
          async write(bytes) {
            await held
            written.push(bytes.length)
            await receiving.write(bytes)
          },
        }
      },
    }
    const thread = createThread(workerOf(slow))
    const receiving = await receiveIn(thread.call({ kind: 'receive', path: '/a', resumeAt: 0 }, () => {}))
    let accepted = 0
    const writing = (async () => {
      for (; accepted < 12; accepted += 1) await receiving.write(Buffer.alloc(256 * 1024))
    })()
    for (let turns = 0; turns < 50; turns += 1) await new Promise(resolve => setImmediate(resolve))
    expect(accepted).toBe(8)
    expect(written).toEqual([])
    release()
    await writing
    expect((await receiving.finish()).bytes).toBe(12 * 256 * 1024)
  })
})

describe('a thread', () => {
  it('that dies fails what it was at', async () => {
    const inner = createFileWork(memoryFiles())
    const worker = workerOf({ ...inner, hash: () => new Promise(() => {}) })
    const thread = createThread(worker)
    const { answer } = thread.call({ kind: 'hash', path: '/a' }, () => {})
    expect([thread.load(), thread.alive()]).toEqual([1, true])
    worker.emit('error', new Error('out of memory'))
    await expect(answer).rejects.toThrow('out of memory')
    expect([thread.load(), thread.alive()]).toEqual([0, false])
  })
})

describe('a share that does not answer', () => {
  it('is given up in time, is asked nothing more until it answers, and holds up no other place', async () => {
    const files = memoryFiles()
    files.put('/mnt/share/a', 'a')
    files.put('/srv/erp/b', 'b')
    let answer = () => {}
    let asked = 0
    const hangs = {
      ...files,
      look: async (path: string) => {
        if (path.startsWith('/mnt/share')) {
          asked += 1
          await new Promise<void>(resolve => {
            answer = resolve
          })
        }
        return files.look(path)
      },
    }
    const slow = patient(hangs, { most: 5, mostForMuch: 5 })
    await expect(slow.look('/mnt/share/a')).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    await expect(slow.look('/mnt/share/c')).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    await expect(slow.open('/mnt/share/a')).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    expect(asked).toBe(1)
    expect(await slow.look('/srv/erp/b')).toMatchObject({ bytes: 1 })
    answer()
    await new Promise(resolve => setImmediate(resolve))
    expect((await slow.open('/mnt/share/a')).bytes).toBe(1)
  })
})

import { describe, expect, it } from 'vitest'
import { steadyWriter } from '../../../main/worker/steady-writer.ts'

const mebibyte = Buffer.alloc(1024 * 1024)

/** A writer that notes what is done to it, and whose syncs end when they are told to. */
function slowDisk() {
  const log: string[] = []
  const syncs: { readonly end: () => void; readonly fail: (error: Error) => void }[] = []
  let bytes = 0
  return {
    log,
    syncs,
    writer: {
      write: async (piece: Uint8Array) => {
        bytes += piece.length
      },
      sync: () => {
        log.push(`sync at ${bytes / mebibyte.length}`)
        return new Promise<void>((end, fail) => syncs.push({ end, fail }))
      },
      close: async () => {
        log.push('close')
      },
    },
  }
}

async function write(writer: { write(bytes: Uint8Array): Promise<void> }, mebibytes: number): Promise<void> {
  for (let turn = 0; turn < mebibytes; turn += 1) await writer.write(mebibyte)
}

/** Whatever can happen without another end of a sync has happened. */
const settled = () => new Promise(resolve => setImmediate(resolve))

describe('a steady writer', () => {
  it('syncs once where there is little to write', async () => {
    const { writer, log, syncs } = slowDisk()
    const steady = steadyWriter(writer)
    await write(steady, 31)
    const synced = steady.sync()
    await settled()
    expect(log).toEqual(['sync at 31'])
    syncs[0]?.end()
    await synced
  })

  it('syncs while more is written, and waits before a third stretch', async () => {
    const { writer, log, syncs } = slowDisk()
    const steady = steadyWriter(writer)
    await write(steady, 63)
    expect(log).toEqual(['sync at 32'])
    let isWritten = false
    const last = write(steady, 1).then(() => {
      isWritten = true
    })
    await settled()
    expect(isWritten).toBe(false)
    syncs[0]?.end()
    await last
    expect(log).toEqual(['sync at 32', 'sync at 64'])
  })

  it('has synced everything, and last of all what came last', async () => {
    const { writer, log, syncs } = slowDisk()
    const steady = steadyWriter(writer)
    await write(steady, 33)
    let isSynced = false
    const synced = steady.sync().then(() => {
      isSynced = true
    })
    await settled()
    expect(log).toEqual(['sync at 32'])
    syncs[0]?.end()
    await settled()
    expect(log).toEqual(['sync at 32', 'sync at 33'])
    expect(isSynced).toBe(false)
    syncs[1]?.end()
    await synced
  })

  it('never takes a stretch for safe whose sync failed, and closes all the same', async () => {
    const { writer, log, syncs } = slowDisk()
    const steady = steadyWriter(writer)
    await write(steady, 32)
    syncs[0]?.fail(new Error('EIO'))
    await expect(steady.sync()).rejects.toThrow('EIO')
    await expect(steady.sync()).rejects.toThrow('EIO')
    await expect(write(steady, 32)).rejects.toThrow('EIO')
    await steady.close()
    expect(log).toEqual(['sync at 32', 'close'])
  })

  it('closes when no sync is under way any more', async () => {
    const { writer, log, syncs } = slowDisk()
    const steady = steadyWriter(writer)
    await write(steady, 32)
    const closed = steady.close()
    await settled()
    expect(log).toEqual(['sync at 32'])
    syncs[0]?.end()
    await closed
    expect(log).toEqual(['sync at 32', 'close'])
  })
})

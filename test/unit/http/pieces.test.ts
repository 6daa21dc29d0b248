import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { piecesOf } from '../../../main/adapters/http/pieces.ts'

const settled = () => new Promise(resolve => setImmediate(resolve))

/** A stream that its test pushes into. */
function pushed() {
  const stream = new Readable({ read() {} })
  return { stream, next: piecesOf(stream) }
}

describe('the pieces of a stream', () => {
  it('come one by one as they were pushed, however many are buffered', async () => {
    const { stream, next } = pushed()
    const pieces = ['a', 'bb', 'ccc'].map(text => Buffer.from(text))
    for (const piece of pieces) stream.push(piece)
    for (const piece of pieces) expect(await next()).toBe(piece)
    const late = Buffer.from('late')
    const asked = next()
    stream.push(late)
    expect(await asked).toBe(late)
    stream.push(null)
    expect(await next()).toBeNull()
    expect(await next()).toBeNull()
  })

  it('are left in the stream until they are asked for', async () => {
    let reads = 0
    const stream = new Readable({
      highWaterMark: 10,
      read() {
        reads += 1
        this.push(Buffer.alloc(10))
      },
    })
    const next = piecesOf(stream)
    await settled()
    expect(reads).toBe(0)
    await next()
    await settled()
    expect(reads).toBeLessThanOrEqual(2)
  })

  it('end with the error of the stream, also one that came while nobody asked', async () => {
    const asked = pushed()
    const waiting = asked.next()
    asked.stream.destroy(new Error('reset'))
    await expect(waiting).rejects.toThrow('reset')
    await expect(asked.next()).rejects.toThrow('reset')

    const unasked = pushed()
    unasked.stream.push(Buffer.from('a'))
    expect(await unasked.next()).toEqual(Buffer.from('a'))
    unasked.stream.destroy(new Error('reset'))
    await settled()
    await expect(unasked.next()).rejects.toThrow('reset')
  })

  it('end with an error where the stream is closed before its end', async () => {
    const { stream, next } = pushed()
    const waiting = next()
    stream.destroy()
    await expect(waiting).rejects.toThrow('closed before its end')
  })
})

import type { Received, Receiving } from '../../core/deliveries/file-work.ts'
import { errorOf } from '../../core/deliveries/thread-protocol.ts'
import type { Call } from './thread.ts'

/** Few and large messages: each costs about as much as hashing 20 KB. */
const bufferBytes = 256 * 1024
/** So much of a download is between the network and the disk at most. */
const mostBuffers = 8

/**
 * A download that a worker writes. Bytes are gathered into a few buffers that go to the worker and come back, so that
 * nothing is allocated for them; when all are away, `write` waits: that is the back-pressure.
 */
export async function receiveIn(call: Call): Promise<Receiving> {
  const free: ArrayBuffer[] = []
  let made = 0
  let filling: Uint8Array<ArrayBuffer> | null = null
  let filled = 0
  let failed: Error | null = null
  let wake = () => {}

  const fail = (error: Error) => {
    failed ??= error
    wake()
  }
  await new Promise<void>((ready, refused) => {
    call.answer.catch((error: Error) => {
      fail(error)
      refused(error)
    })
    call.onMessage(message => {
      if (message.say === 'ready') ready()
      if (message.say === 'not-taken') fail(errorOf(message.failure))
      if (message.say === 'taken') {
        free.push(message.buffer)
        wake()
      }
    })
  })

  async function nextBuffer(): Promise<Uint8Array<ArrayBuffer>> {
    for (;;) {
      if (failed) throw failed
      const buffer = free.pop()
      if (buffer) return new Uint8Array(buffer)
      if (made < mostBuffers) {
        made += 1
        return new Uint8Array(bufferBytes)
      }
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }

  function send(): void {
    if (!filling || filled === 0) return
    const { buffer } = filling
    call.say({ say: 'piece', buffer, bytes: filled }, [buffer])
    filling = null
    filled = 0
  }

  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        filling ??= await nextBuffer()
        const part = bytes.subarray(at, at + bufferBytes - filled)
        filling.set(part, filled)
        filled += part.length
        at += part.length
        if (filled === bufferBytes) send()
      }
      if (failed) throw failed
    },
    async finish() {
      send()
      call.say({ say: 'finish' })
      return (await call.answer) as Received
    },
    async leave() {
      if (!failed) send()
      call.say({ say: 'leave' })
      return (await call.answer) as number
    },
  }
}

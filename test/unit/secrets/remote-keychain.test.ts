import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { KeychainCall, KeychainReply } from '../../../main/adapters/secrets/keychain.ts'
import { type KeychainChild, RemoteKeychain } from '../../../main/adapters/secrets/remote-keychain.ts'

/** The process, as far as its starter sees it. */
class FakeChild extends EventEmitter implements KeychainChild {
  readonly calls: KeychainCall[] = []
  killed = false

  postMessage(call: KeychainCall): void {
    this.calls.push(call)
  }

  kill(): void {
    this.killed = true
  }

  reply(reply: KeychainReply): void {
    this.emit('message', reply)
  }
}

let children: FakeChild[]
let keychain: RemoteKeychain

beforeEach(() => {
  vi.useFakeTimers()
  children = []
  keychain = new RemoteKeychain({
    start: () => {
      const child = new FakeChild()
      children.push(child)
      return child
    },
    answerWithin: 1_000,
    idleAfter: 5_000,
  })
})
afterEach(() => {
  vi.useRealTimers()
})

const child = (index = 0): FakeChild => {
  const found = children[index]
  if (found === undefined) throw new Error(`process ${index} was not started`)
  return found
}

describe('the keychain in a process of its own', () => {
  test('answers each call by its number', async () => {
    const first = keychain.get('a')
    const second = keychain.delete('b')
    const third = keychain.set('c', 'text')
    const [one, two, three] = child().calls
    expect([one, two, three]).toMatchObject([
      { operation: 'get', account: 'a' },
      { operation: 'delete', account: 'b' },
      { operation: 'set', account: 'c', text: 'text' },
    ])
    child().reply({ id: three?.id ?? 0, ok: true, value: null })
    child().reply({ id: two?.id ?? 0, ok: true, value: true })
    child().reply({ id: one?.id ?? 0, ok: true, value: 'found' })
    expect(await Promise.all([first, second, third])).toEqual(['found', true, undefined])
    expect(children).toHaveLength(1)
  })

  test('that refuses is unavailable, and says why', async () => {
    const call = keychain.get('a')
    child().reply({ id: 1, ok: false, said: 'no storage access' })
    await expect(call).rejects.toMatchObject({
      code: 'keychain-unavailable',
      said: 'no storage access',
      facts: { reason: 'failed' },
    })
  })

  test('is killed when it hangs; the next call gets a new one', async () => {
    const hanging = [keychain.get('a'), keychain.get('b')]
    const expectations = hanging.map(call =>
      expect(call).rejects.toMatchObject({ code: 'keychain-unavailable', facts: { reason: 'timed-out' } }),
    )
    await vi.advanceTimersByTimeAsync(1_000)
    await Promise.all(expectations)
    expect(child().killed).toBe(true)
    const next = keychain.get('a')
    child(1).reply({ id: 3, ok: true, value: null })
    expect(await next).toBeNull()
  })

  test('that crashes fails what waits for it', async () => {
    const call = keychain.get('a')
    child().emit('exit')
    await expect(call).rejects.toMatchObject({ facts: { reason: 'ended' } })
    const next = keychain.get('a')
    child(1).reply({ id: 2, ok: true, value: 'there' })
    expect(await next).toBe('there')
  })

  test('ends when nothing was asked of it for a while', async () => {
    const first = keychain.get('a')
    child().reply({ id: 1, ok: true, value: null })
    await first
    await vi.advanceTimersByTimeAsync(4_000)
    const second = keychain.get('a')
    child().reply({ id: 2, ok: true, value: null })
    await second
    await vi.advanceTimersByTimeAsync(4_999)
    expect(child().killed).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(child().killed).toBe(true)
  })

  test('is ended with the app, whatever still waits', async () => {
    const call = keychain.get('a')
    keychain.close()
    await expect(call).rejects.toMatchObject({ code: 'keychain-unavailable', facts: { reason: 'closed' } })
    expect(child().killed).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})

import { describe, expect, it, vi } from 'vitest'
import type { InsideService } from '../../../main/core/inside/inside-service.ts'
import { createRouter } from '../../../main/ipc/router.ts'
import { channels } from '../../../preload/contract/channels.ts'
import { mostRowsAsked } from '../../../preload/contract/inside.ts'
import { services } from './services.ts'

/** One right set of arguments for each call. */
const calls: Readonly<Record<string, readonly unknown[]>> = {
  open: [{ receiptId: 'r-1', fileIndex: 0, entry: null }, 'w-1'],
  close: ['view-1'],
  cancel: ['w-1'],
  index: ['view-1', [169], 'w-1'],
  rows: ['view-1', { from: 0, count: 100, columns: [1, 400] }],
  cell: ['view-1', 1, 1],
  find: ['view-1', { text: 'x', column: null, from: 0, direction: 'down' }, 'w-1'],
  filter: ['view-1', [{ column: 1, is: 'equal', text: 'x' }], 'w-1'],
  values: ['view-1', 1, 'w-1'],
  addUp: ['view-1', [1], 'w-1'],
  show: ['view-1', [16]],
  saveCopy: ['view-1', [1], 'w-1'],
  showCopy: ['view-1'],
}

function desk() {
  const answered = vi.fn(async (..._args: readonly unknown[]) => 'answered')
  const service = Object.fromEntries(
    channels.inside.map(name => [name, (...args: unknown[]) => answered(name, ...args)]),
  )
  const opened = vi.fn(async () => service as unknown as InsideService)
  return { answered, opened, route: createRouter(services({ inside: opened })) }
}

describe('looking inside through the door', () => {
  it('is asked of the service as the window asks it, every call of it', async () => {
    const { route, answered } = desk()
    expect(Object.keys(calls)).toEqual(channels.inside)
    for (const [name, args] of Object.entries(calls)) {
      expect(await route(`inside.${name}`, args)).toBe('answered')
      expect(answered).toHaveBeenLastCalledWith(name, ...args)
    }
  })

  it('loads nothing before the first call', () => {
    expect(desk().opened).not.toHaveBeenCalled()
  })

  it.each([
    ['a path in the place of a receipt', 'open', [{ path: '/etc/passwd' }, 'w-1']],
    ['a path beside a receipt', 'open', [{ receiptId: 'r', fileIndex: 0, entry: null, path: '/etc' }, 'w-1']],
    ['no such place in a receipt', 'open', [{ receiptId: 'r', fileIndex: -1, entry: null }, 'w-1']],
    ['too many rows', 'rows', ['view-1', { from: 0, count: mostRowsAsked + 1, columns: [1] }]],
    ['a column before the first', 'rows', ['view-1', { from: 0, count: 1, columns: [0] }]],
    ['nothing to find', 'find', ['view-1', { text: '', column: null, from: 0, direction: 'down' }, 'w-1']],
    ['another direction', 'find', ['view-1', { text: 'x', column: 1, from: 0, direction: 'left' }, 'w-1']],
    ['another condition', 'filter', ['view-1', [{ column: 1, is: 'matches', text: '.*' }], 'w-1']],
    ['a place to save a copy', 'saveCopy', ['view-1', [1], 'w-1', '/tmp/x.xlsx']],
  ])('refuses %s', async (_what, name, args) => {
    const { route, opened } = desk()
    await expect(route(`inside.${name}`, args)).rejects.toMatchObject({ code: 'bad-input' })
    expect(opened).not.toHaveBeenCalled()
  })
})

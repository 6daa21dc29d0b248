import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { windowPage } from '../../../main/core/policy/navigation.ts'
import { isTrustedSender } from '../../../main/core/policy/sender.ts'
import { answer, type Door } from '../../../main/ipc/answer.ts'
import type { Router } from '../../../main/ipc/router.ts'
import { memoryLog } from '../../fakes/memory-log.ts'

const ours = { webContentsId: 1, frameUrl: windowPage, isMainFrame: true }
const stranger = { ...ours, frameUrl: 'https://example.invalid/?app://desk/index.html' }

function doorTo(router: Router | Promise<Router>) {
  const log = memoryLog()
  const door: Door = { trusts: sender => isTrustedSender(sender, 1), router: Promise.resolve(router), log }
  return { door, log }
}

describe('the door', () => {
  it('gives the value in an envelope', async () => {
    const { door } = doorTo(async (channel, args) => [channel, args])
    expect(await answer(door, 'jobs.plan', ours, ['d-1'])).toEqual({
      ok: true,
      value: ['jobs.plan', ['d-1']],
    })
  })

  it('refuses strangers before anything else, and says so in the log', async () => {
    let asked = false
    const { door, log } = doorTo(async () => {
      asked = true
    })
    const refused = await answer(door, 'jobs.run', stranger, Array.from({ length: 100 }))
    expect(refused).toEqual({ ok: false, error: { code: 'forbidden', facts: { channel: 'jobs.run' } } })
    expect(asked).toBe(false)
    expect(log.entries).toMatchObject([
      { level: 'warn', event: 'call-refused', facts: { code: 'forbidden' } },
    ])
  })

  it.each([
    ['nine arguments', Array.from({ length: 9 }, () => 1)],
    ['a megabyte', ['x'.repeat(1_000_000)]],
    ['a map', [new Map()]],
  ])('refuses %s', async (_what, args) => {
    const { door } = doorTo(async () => 'never')
    expect(await answer(door, 'jobs.run', ours, args)).toMatchObject({
      ok: false,
      error: { code: 'too-large' },
    })
  })

  it('lets calls wait until the profile is open', async () => {
    let open: (router: Router) => void = () => {}
    const { door } = doorTo(
      new Promise<Router>(resolve => {
        open = resolve
      }),
    )
    const early = answer(door, 'app.snapshot', ours, [])
    open(async () => 'snapshot')
    expect(await early).toEqual({ ok: true, value: 'snapshot' })
  })

  it('says why where the profile cannot be opened', async () => {
    const { door } = doorTo(Promise.reject(new AppError('profile-newer', { facts: { version: 9 } })))
    expect(await answer(door, 'app.snapshot', ours, [])).toEqual({
      ok: false,
      error: { code: 'profile-newer', facts: { version: 9 } },
    })
  })

  it('passes an error of the core on as data', async () => {
    const { door, log } = doorTo(async () => {
      throw new AppError('again-needed', { facts: { why: 'recent-run' }, said: 'no', correlationId: 'c' })
    })
    expect(await answer(door, 'jobs.run', ours, [])).toEqual({
      ok: false,
      error: { code: 'again-needed', facts: { why: 'recent-run' }, said: 'no', correlationId: 'c' },
    })
    expect(log.entries).toEqual([])
  })

  it('keeps what a fault of ours says for the log', async () => {
    const { door, log } = doorTo(async () => {
      throw new TypeError('SQL near /home/ana/secret')
    })
    expect(await answer(door, 'jobs.run', ours, [])).toEqual({
      ok: false,
      error: { code: 'internal', facts: {} },
    })
    expect(log.entries).toMatchObject([
      {
        level: 'error',
        event: 'call-failed',
        facts: { channel: 'jobs.run', message: 'SQL near /home/ana/secret' },
      },
    ])
  })
})

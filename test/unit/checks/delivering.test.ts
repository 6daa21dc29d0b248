import { expect, it } from 'vitest'
import { createChecks } from '../../../main/core/checks/checks.ts'
import type { ChecksRepository, PastDelivery } from '../../../main/core/checks/types.ts'
import type { ReceiptChecks } from '../../../preload/contract/checks.ts'
import { served } from '../../fakes/deliveries-world.ts'
import { asked, id, quiet, room, sae } from '../../fakes/delivery-room.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { fakeSystem } from '../../fakes/fake-system.ts'
import { aConnection, memoryConnections } from '../../fakes/memory-connections.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { kept, past } from './pasts.ts'

type Saved = Parameters<ChecksRepository['save']>

function checked(patch: Partial<ChecksRepository> = {}) {
  const saved: Saved[] = []
  const log = memoryLog()
  const unexpected = async (): Promise<never> => {
    throw new Error('Nobody asks for this here')
  }
  const checks = createChecks({
    checks: {
      past: async () => [],
      sameFiles: async () => null,
      unsavedBetween: async () => null,
      save: async (...given) => void saved.push(given),
      ofReceipt: unexpected,
      mark: unexpected,
      unmarked: unexpected,
      ...patch,
    },
    connections: memoryConnections(aConnection()),
    system: () => fakeSystem(fakeClock(), { takesOnlyNew: true }),
    events: { publish: () => {} },
    log,
  })
  return { checks, saved, log }
}

async function deliver(checks: ReturnType<typeof checked>['checks']): Promise<ReceiptChecks | undefined> {
  const desk = await room([served(sae)], { checks })
  await desk.service.request(id, asked)
  expect((await quiet(desk)).state).toBe('delivered')
  return desk.receipts.rows()[0]?.content.checks
}

const before: PastDelivery = past(3, { at: (fakeStart - 1) as never })

it('is a part of the receipt, and what later ones are compared with is kept', async () => {
  const { checks, saved } = checked()
  expect(await deliver(checks)).toEqual({ compared: 0, findings: [] })
  expect(saved).toHaveLength(1)
  expect(saved[0]?.[1]).toMatchObject({
    totals: [{ currency: '', total: '30.00' }],
    tables: [{ columns: { count: 400, names: null } }],
    period: null,
  })
})

it('tells in the receipt what is unusual, and delivers all the same', async () => {
  const asking: unknown[] = []
  const { checks } = checked({
    past: async () => [
      { ...before, kept: kept({ tables: [{ key: 'x', file: 'x', columns: { count: 399, names: null } }] }) },
    ],
    unsavedBetween: async (...given) => {
      asking.push(given.slice(1))
      return { count: 1, first: fakeStart, last: fakeStart }
    },
  })
  const found = await deliver(checks)
  expect(found?.compared).toBe(1)
  expect(found?.findings.map(({ code }) => code)).toEqual(['columns-changed', 'runs-unsaved'])
  expect(asking).toEqual([[fakeStart - 1, fakeStart]])
})

it('does not compare a run with itself when it is delivered again', async () => {
  const { checks } = checked({ past: async () => [{ ...before, jobId: id }] })
  expect(await deliver(checks)).toEqual({ compared: 0, findings: [] })
})

it('stops nothing where it cannot be done', async () => {
  const { checks, log } = checked({
    past: async () => {
      throw new Error('the disk is gone')
    },
  })
  expect(await deliver(checks)).toBeUndefined()
  expect(JSON.stringify(log.entries)).toContain('the disk is gone')
})

import { describe, expect, it } from 'vitest'
import { offeredToRun, runFavourite } from '../../../main/core/desktop/favourites.ts'
import { jobId } from '../../../main/core/ids.ts'
import type {
  ConnectionView,
  DefinitionView,
  DeliveryView,
  RunPlan,
} from '../../../preload/contract/types.ts'
import { only } from '../ipc/services.ts'
import { definitionOf, jobOf } from './views.ts'

const connection = (mark: ConnectionView['mark']) => only<ConnectionView>('connection', { id: 'c-1', mark })
const offered = (mark: ConnectionView['mark'], ...definitions: DefinitionView[]) =>
  offeredToRun({ definitions, connections: [connection(mark)] })

describe('what the tray offers to run', () => {
  it('is what has a star, and only where nobody gave one, what ran last', () => {
    const definitions = [
      definitionOf('old', 1),
      definitionOf('new', 2),
      definitionOf('never', null, { favourite: true }),
    ]
    expect(offered('practice', ...definitions).map(one => one.definitionId)).toEqual(['never'])
    expect(offered('practice', ...definitions.slice(0, 2))).toMatchObject([
      { definitionId: 'new', atOnce: false, text: 'Run Extract new…' },
      { definitionId: 'old', atOnce: false },
    ])
  })

  it('says what the last run was where a click starts the next', () => {
    const lastReceipt = { id: 'r', deliveredAt: 1, files: 1, bytes: 1, rows: 48_211, total: null }
    const lastJob = jobOf({
      startedBy: 'ana',
      startedAt: { at: Date.UTC(2026, 10, 14, 18, 30), raw: '', zoneAssumed: false },
      delivery: only<DeliveryView>('delivery', { receiptId: 'r' }),
    })
    const definition = definitionOf('SAE', 1, { favourite: true, lastJob, lastReceipt })
    const [first] = offered('test', definition)
    expect(first?.atOnce).toBe(true)
    expect(first?.text).toMatch(/^Run Extract SAE \(last \w+ 1\d Nov \d\d:\d\d by ana, 48,211 rows\)$/)
    expect(offered('test', definitionOf('SAE', null, { favourite: true }))[0]?.text).toBe(
      'Run Extract SAE (never run)',
    )
  })

  it('opens the window for production, and for a scheduled job that would lose its next run', () => {
    const star = { favourite: true }
    expect(offered('production', definitionOf('SAE', 1, star))).toMatchObject([{ atOnce: false }])
    const scheduled = definitionOf('weekly', 1, { ...star, request: { kind: 'job', jobId: '1' } })
    expect(offered('practice', scheduled)).toMatchObject([{ atOnce: false }])
  })
})

describe('a favourite', () => {
  const plan: RunPlan = {
    definitionId: 'd-1',
    lastRun: null,
    lastCompleted: null,
    lastReceipt: null,
    open: null,
    again: null,
    destination: definitionOf('d-1', null).destination,
  }
  async function chosen(patch: Partial<RunPlan>) {
    const did: string[] = []
    await runFavourite(
      {
        jobs: {
          plan: async () => ({ ...plan, ...patch }),
          run: async (id, { again, by }) => {
            did.push(`run ${id} ${again} ${by}`)
            return { job: jobOf({ id: jobId('j') }), joined: false }
          },
        },
        account: 'ana',
        ask: id => did.push(`ask ${id}`),
      },
      'd-1',
    )
    return did
  }

  it('runs, or joins what is open', async () => {
    expect(await chosen({})).toEqual(['run d-1 false ana'])
    expect(await chosen({ open: jobOf() })).toEqual(['run d-1 false ana'])
  })

  it('is asked about where the last run was not saved or is recent, and where no folder is chosen', async () => {
    expect(await chosen({ again: 'unsaved-run' })).toEqual(['ask d-1'])
    expect(await chosen({ again: 'recent-run' })).toEqual(['ask d-1'])
    expect(await chosen({ destination: null })).toEqual(['ask d-1'])
  })
})

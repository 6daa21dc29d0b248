import { describe, expect, it } from 'vitest'
import { deliveriesRoom, deliveriesWorld, served, systemWithFiles } from '../../fakes/deliveries-world.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { fakeSession } from '../../fakes/jobs-world.ts'

const named = (name: string, text: string) =>
  served(text, { 'content-type': 'text/csv', 'content-disposition': `attachment; filename="${name}"` })
// All of one length: only what is in them tells them apart.
const [a, b, c] = ['a,n\n1,1\n', 'b,n\n2,2\n', 'c,n\n3,3\n'] as const

/** Delivers a job of which every attempt is told other files; what came of `c.csv` first was cut. */
async function delivered(...told: readonly (readonly number[])[]) {
  const clock = fakeClock()
  const around = await deliveriesWorld({ clock })
  around.server.files = [named('a.csv', a), named('b.csv', b), { ...named('c.csv', c), cutAfter: 3 }]
  let attempts = 0
  const system = {
    ...systemWithFiles(clock, around.server),
    files: async () => {
      const files = (told[attempts] ?? told.at(-1) ?? []).map(n => ({ id: `file-${n}`, name: null }))
      attempts += 1
      return { files, missing: [] }
    },
  }
  const world = {
    ...around.world,
    sessions: { with: async (_id: never, work: never) => (work as CallableFunction)(fakeSession, system) },
  } as typeof around.world
  const { runner, service } = deliveriesRoom({ world })
  const [job] = around.jobs.rows()
  if (!job) throw new Error('There is a job.')
  await service.request(job.id, { again: false, by: 'test' })
  await clock.advance(10 * 60_000)
  await runner.stopAndDrain()
  const visible = [...around.files.below('/srv/erp/in')].map(([path, file]) => [path, file.toString()])
  return {
    visible: Object.fromEntries(visible),
    delivery: around.deliveries.rows()[0],
    asked: around.server.asked,
  }
}

describe('a job whose files are told otherwise in the next attempt', () => {
  it('keeps what came, whatever the order', async () => {
    const { visible, delivery, asked } = await delivered([1, 2, 0], [0, 1, 2])
    expect(delivery?.state).toBe('delivered')
    expect(visible).toEqual({ '/srv/erp/in/a.csv': a, '/srv/erp/in/b.csv': b, '/srv/erp/in/c.csv': c })
    expect(asked).toHaveLength(4)
  })

  it('has one that came to be there meanwhile, too', async () => {
    const { visible, delivery } = await delivered([1, 2], [0, 1, 2])
    expect(delivery?.state).toBe('delivered')
    expect(visible).toEqual({ '/srv/erp/in/a.csv': a, '/srv/erp/in/b.csv': b, '/srv/erp/in/c.csv': c })
  })

  it('comes to its end where the last one is gone, with nothing of what was before', async () => {
    const { visible, delivery } = await delivered([1, 2], [1])
    expect(delivery?.state).toBe('delivered')
    expect(visible).toEqual({ '/srv/erp/in/b.csv': b })
  })

  it('begins anew where one that came is another one now', async () => {
    const { visible, delivery, asked } = await delivered([1, 2], [0, 2])
    expect(delivery?.state).toBe('delivered')
    expect(visible).toEqual({ '/srv/erp/in/a.csv': a, '/srv/erp/in/c.csv': c })
    expect(asked).toHaveLength(4)
  })

  it('brings a file that is named twice once', async () => {
    const { visible, delivery } = await delivered([0, 1, 1])
    expect(delivery?.state).toBe('delivered')
    expect(visible).toEqual({ '/srv/erp/in/a.csv': a, '/srv/erp/in/b.csv': b })
  })
})

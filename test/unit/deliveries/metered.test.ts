import { describe, expect, it } from 'vitest'
import { createMeteredRule, type MeteredRule, neverWaits } from '../../../main/core/deliveries/metered.ts'
import { createEvents } from '../../../main/core/events.ts'
import { deliveryId } from '../../../main/core/ids.ts'
import { minutes } from '../../../main/core/time.ts'
import { largeDownload } from '../../../preload/contract/words.ts'
import { served } from '../../fakes/deliveries-world.ts'
import { asked, id, quiet, room, sae, visible } from '../../fakes/delivery-room.ts'
import { settled } from '../../fakes/fake-clock.ts'
import { fakeMetered } from '../../fakes/fake-metered.ts'

const delivery = deliveryId('delivery-1')
const large = largeDownload + 1

async function rule(metered: boolean | null, pauseOnMetered: boolean) {
  const settings = { pauseOnMetered }
  const network = fakeMetered(metered)
  const events = createEvents(error => {
    throw error
  })
  const heard: string[] = []
  events.subscribe(({ kind }) => heard.push(kind))
  const made = await createMeteredRule({
    metered: network,
    settings: { get: async () => ({ ...settings }) },
    events,
    onFault: error => {
      throw error
    },
  })
  return { rule: made, network, settings, events, heard }
}

describe('what waits for another network', () => {
  it.each([
    { metered: true, wanted: true, bytes: large, waits: true },
    { metered: true, wanted: true, bytes: largeDownload, waits: false },
    { metered: true, wanted: false, bytes: large, waits: false },
    { metered: false, wanted: true, bytes: large, waits: false },
    { metered: null, wanted: true, bytes: large, waits: false },
  ])('metered $metered, wanted $wanted, $bytes bytes: $waits', async ({ metered, wanted, bytes, waits }) => {
    expect((await rule(metered, wanted)).rule.waits(delivery, bytes)).toBe(waits)
  })

  it('follows the network and the setting, and tells of both', async () => {
    const { rule: made, network, settings, events, heard } = await rule(false, false)
    network.set(true)
    expect(heard).toEqual(['status-changed'])
    expect(made.waits(delivery, large)).toBe(false)
    settings.pauseOnMetered = true
    events.publish({ kind: 'settings-changed' })
    await settled()
    expect(heard).toEqual(['status-changed', 'settings-changed', 'status-changed'])
    expect(made.waits(delivery, large)).toBe(true)
    network.set(false)
    expect(made.waits(delivery, large)).toBe(false)
  })

  it('is not what the user wants all the same, and no other one', async () => {
    const { rule: made } = await rule(true, true)
    made.allow(delivery)
    expect(made.waits(delivery, large)).toBe(false)
    expect(made.waits(deliveryId('delivery-2'), large)).toBe(true)
  })

  it('is nothing that a command was asked for', () => {
    expect(neverWaits.waits(delivery, large)).toBe(false)
  })
})

/** A rule that the test turns; what has more than ten bytes to come is large. */
function turned(): MeteredRule & { metered: boolean; readonly allowed: Set<string> } {
  const allowed = new Set<string>()
  const it = {
    metered: true,
    allowed,
    waits: (one: string, bytes: number) => it.metered && bytes > 10 && !allowed.has(one),
    allow: (one: string) => void allowed.add(one),
  }
  return it
}

const resumable = { ...served(sae, { 'content-type': 'text/csv', etag: '"1"' }), ranges: true }
const destination = { name: '{jobId}.txt' }

describe('a delivery on a metered connection', () => {
  it('waits without a failed attempt, however often it is looked at, and goes on by itself', async () => {
    const metered = turned()
    const it = await room([resumable], { metered, destination })
    await it.service.request(id, asked)
    await quiet(it).catch(() => {})
    const held = it.deliveries.rows().at(-1)
    expect(held).toMatchObject({
      state: 'waiting',
      attempts: 0,
      nextAttemptAt: null,
      error: { code: 'metered', facts: { left: sae.length, bytes: sae.length } },
    })
    expect(visible(it)).toEqual({})
    it.runner.wakeUp()
    await it.clock.advance(minutes(120))
    expect(it.server.asked).toEqual([null])

    metered.metered = false
    it.world.events.publish({ kind: 'status-changed' })
    expect((await quiet(it)).state).toBe('delivered')
    expect(Object.values(visible(it))).toEqual([sae])
    // Nobody was called for it.
    expect(it.published.filter(({ kind }) => kind === 'needs-you')).toEqual([])
  })

  it('stops in the middle when the network changes, and goes on behind what came', async () => {
    const metered = turned()
    let pieces = 0
    metered.metered = false
    const it = await room([resumable], { metered, destination })
    const { receive } = it.world.work
    Object.assign(it.world.work, {
      receive: async (path: string, from: number) => {
        const receiving = await receive(path, from)
        const write = (piece: Uint8Array) => {
          pieces += 1
          metered.metered = pieces === 1
          return receiving.write(piece)
        }
        return { ...receiving, write }
      },
    })
    await it.service.request(id, asked)
    for (let turns = 0; turns < 50; turns += 1) await settled()
    const came = it.deliveries.rows().at(-1)?.partial?.bytes ?? 0
    expect(came).toBeGreaterThan(0)
    expect(came).toBeLessThan(sae.length)
    expect(it.deliveries.rows().at(-1)?.error?.code).toBe('metered')

    metered.metered = false
    it.world.events.publish({ kind: 'status-changed' })
    expect((await quiet(it)).state).toBe('delivered')
    expect(it.server.asked).toEqual([null, { from: came, validator: '"1"' }])
    expect(Object.values(visible(it))).toEqual([sae])
  })

  it('is downloaded anyway where the user says so', async () => {
    const metered = turned()
    const it = await room([resumable], { metered, destination })
    await it.service.request(id, asked)
    for (let turns = 0; turns < 50; turns += 1) await settled()
    const held = it.deliveries.rows().at(-1)
    expect(held?.error?.code).toBe('metered')
    await it.service.retry(deliveryId(held?.id ?? ''))
    expect((await quiet(it)).state).toBe('delivered')
    expect([...metered.allowed]).toEqual([held?.id])
  })

  it('of no stated length is large once that much has come', async () => {
    const metered = turned()
    const headers = { 'content-type': 'text/csv', etag: '"1"' }
    const it = await room([{ ...resumable, headers }], { metered, destination })
    await it.service.request(id, asked)
    for (let turns = 0; turns < 50; turns += 1) await settled()
    expect(it.deliveries.rows().at(-1)?.error).toMatchObject({
      code: 'metered',
      facts: { left: expect.any(Number) },
    })
    expect(it.deliveries.rows().at(-1)?.error?.facts.bytes).toBeUndefined()
  })
})

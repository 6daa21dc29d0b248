import { describe, expect, it } from 'vitest'
import type { Files } from '../../../main/core/deliveries/files.ts'
import { cutPoints } from '../../faults/delivery/memory/cut-points.ts'
import { type Scenario, scenarios } from '../../faults/delivery/memory/scenarios.ts'
import type { Loss } from '../../faults/tally.ts'

/* A count of losses proves something only where it can be anything but zero: here the disk is at fault. */

const named = (name: string): Scenario => {
  const found = scenarios.find(scenario => scenario.name === name)
  if (!found) throw new Error(`There is a scenario ${name}`)
  return found
}

async function lossesOn(name: string, through: (files: Files) => Files): Promise<ReadonlySet<Loss>> {
  const losses = new Set<Loss>()
  for await (const { findings } of cutPoints(named(name), through))
    for (const { loss } of findings) losses.add(loss)
  return losses
}

/** Syncing a file does nothing. */
const unsynced = (files: Files): Files => ({
  ...files,
  create: async path => ({ ...(await files.create(path)), sync: async () => {} }),
})

/** A second name is a copy, written under the final name. */
const copying = (files: Files): Files => ({
  ...files,
  async link(from, to) {
    const reader = await files.open(from)
    const bytes = Buffer.alloc(reader.bytes)
    await reader.read(bytes, 0)
    const writer = await files.create(to)
    await writer.write(bytes.subarray(0, 10))
    await writer.sync()
    await files.look('/srv')
    await writer.write(bytes.subarray(10))
    await writer.sync()
  },
})

describe('cut points show', () => {
  it('files whose bytes were never synced', async () => {
    expect(await lossesOn('a single csv', unsynced)).toContain('partial')
  })

  it('a name that is there before its file is whole', async () => {
    const losses = await lossesOn('a zip of 5', copying)
    expect([...losses]).not.toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { jobId } from '../../../main/core/ids.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import {
  type DeliveriesAround,
  deliveriesRoom,
  deliveriesWorld,
  type Served,
  served,
  servedZip,
} from '../../fakes/deliveries-world.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { gatedFiles, type MemoryFiles, memoryFiles } from '../../fakes/memory-files.ts'
import { zipBytes } from '../../fakes/zip-bytes.ts'

/*
 * Every operation of a delivery, in files and in the journal, is a place where the power may go. At each of them the
 * world is stopped, checked as whoever reads the folder would see it, started again, and checked for the whole group.
 */

const folder = '/srv/erp/in'
const names = ['a.txt', 'b.txt', 'in/c.txt', 'in/d.txt', 'e.txt']
const text = (name: string) => `${name}|new\n`.repeat(20)
const old = (name: string) => `${name}|old\n`

type Scenario = {
  readonly name: string
  readonly destination: Partial<Destination>
  readonly serve: Served
  /** What stands in the folder before, by its name there. */
  readonly before: Readonly<Record<string, string>>
  /** The files of the group, by the name that they get. */
  readonly group: Readonly<Record<string, string>>
  readonly marker: string | null
  /** What must still be there, untouched. */
  readonly kept: Readonly<Record<string, string>>
  readonly links?: boolean
  /** All of the group is visible, or none of it. */
  readonly atOnce?: boolean
}

const zip = servedZip(zipBytes(names.map(name => ({ name, data: text(name) }))))
const all = (rename = (name: string) => name) =>
  Object.fromEntries(names.map(name => [rename(name), text(name)]))
const before = Object.fromEntries(names.map(name => [name, old(name)]))
const suffixed = (name: string) => name.replace('.', ' (2).')
const single = served(text('x'), {
  'content-type': 'text/csv',
  'content-disposition': 'attachment; filename="x.txt"',
})

const scenarios: readonly Scenario[] = [
  {
    name: 'a single csv',
    destination: {},
    serve: single,
    before: {},
    group: { 'x.txt': text('x') },
    marker: null,
    kept: {},
  },
  { name: 'a zip of 5', destination: {}, serve: zip, before: {}, group: all(), marker: null, kept: {} },
  {
    name: 'with a marker and its archive',
    destination: { marker: 'ready/{definition}.done', keepArchive: true },
    serve: servedZip(zipBytes(names.slice(0, 2).map(name => ({ name, data: text(name) })))),
    before: {},
    group: { 'a.txt': text('a.txt'), 'b.txt': text('b.txt'), 'extract.zip': '' },
    marker: 'ready/Standard Accounting Extract.done',
    kept: {},
  },
  {
    name: 'keep-both',
    destination: { marker: 'all.done' },
    serve: zip,
    before: { ...before, 'all.done': 'old marker' },
    group: all(suffixed),
    marker: 'all (2).done',
    kept: { ...before, 'all.done': 'old marker' },
  },
  {
    name: 'replace',
    destination: { onConflict: 'replace', marker: 'all.done' },
    serve: zip,
    before: { ...before, 'all.done': 'old marker' },
    group: all(),
    marker: 'all.done',
    kept: {},
  },
  {
    name: 'a folder of its own',
    destination: { name: 'run/{original}{ext}', marker: 'run/ready' },
    serve: zip,
    before: {},
    group: all(name => `run/${name}`),
    marker: 'run/ready',
    kept: {},
    atOnce: true,
  },
  {
    name: 'a volume without hard links',
    destination: { onConflict: 'replace', marker: 'all.done' },
    serve: zip,
    before: { 'a.txt': old('a.txt'), 'all.done': 'old marker' },
    group: all(),
    marker: 'all.done',
    kept: {},
    links: false,
  },
]

class PowerCut extends Error {}

/** Runs the scenario until its operation number `cut`, and returns the number of operations and what is left. */
async function run(
  scenario: Scenario,
  cut: number,
): Promise<{ operations: number; around: DeliveriesAround; files: MemoryFiles }> {
  const files = memoryFiles({ links: scenario.links ?? true })
  files.folder(folder)
  for (const name of Object.keys(scenario.before)) {
    if (name.includes('/')) files.folder(`${folder}/in`)
    files.put(`${folder}/${name}`, scenario.before[name] ?? '')
  }
  let operations = 0
  let died = () => {}
  const death = new Promise<void>(resolve => {
    died = resolve
  })
  const gate = () => {
    operations += 1
    if (operations <= cut) return
    died()
    throw new PowerCut()
  }
  const around = await deliveriesWorld({
    clock: fakeClock(),
    files,
    through: inner => gatedFiles(inner, gate),
    destination: scenario.destination,
  })
  around.server.files = [scenario.serve]
  const { deliveries, receipts } = around.world
  const mortal = deliveriesRoom({
    world: {
      ...around.world,
      deliveries: {
        ...deliveries,
        save: async (delivery, from, why) => {
          gate()
          await deliveries.save(delivery, from, why)
        },
      },
      receipts: {
        ...receipts,
        append: async (delivery, build) => {
          gate()
          return receipts.append(delivery, build)
        },
      },
    },
  })
  const ended = new Promise<void>(resolve => {
    around.world.events.subscribe(event => event.kind === 'delivered' && setImmediate(resolve))
  })
  await mortal.service.request(jobId('job-a'), { again: false, by: 'test' }).catch(error => {
    if (!(error instanceof PowerCut)) throw error
  })
  await Promise.race([death, ended])
  await mortal.runner.stopAndDrain()
  return { operations, around, files }
}

const visible = (files: MemoryFiles) =>
  new Map(
    [...files.below(folder)]
      .filter(([path]) => !path.includes('/.extract-desk-'))
      .map(([path, bytes]) => [path.slice(folder.length + 1), bytes.toString('latin1')]),
  )

/** What a program that reads the folder must never see. */
function nothingPartial(scenario: Scenario, seen: ReadonlyMap<string, string>): void {
  const groupNames = Object.keys(scenario.group)
  const isNew = (name: string) => {
    const bytes = seen.get(name)
    return (
      bytes !== undefined &&
      (scenario.group[name] === '' ? bytes.startsWith('PK') : bytes === scenario.group[name])
    )
  }
  for (const [name, bytes] of seen) {
    if (name === scenario.marker) continue
    if (!isNew(name)) expect([name, bytes]).toEqual([name, scenario.before[name]])
  }
  // A name that was there is never missing while it is replaced; without hard links it is, for a moment.
  if (scenario.links !== false)
    for (const name of Object.keys(scenario.kept)) expect([...seen.keys()]).toContain(name)
  if (scenario.atOnce) expect([0, groupNames.length]).toContain(groupNames.filter(isNew).length)
  const marker = scenario.marker === null ? undefined : seen.get(scenario.marker)
  if (marker === undefined) return
  const oldMarker = scenario.before[scenario.marker ?? '']
  if (marker === oldMarker)
    for (const name of Object.keys(scenario.before)) expect(seen.get(name)).toBe(scenario.before[name])
  else {
    for (const name of groupNames) expect([name, isNew(name)]).toEqual([name, true])
    for (const line of marker.trimEnd().split('\n'))
      expect(groupNames).toContain(line.replace(/^\S+ \S+ /, ''))
  }
}

async function complete(scenario: Scenario, around: DeliveriesAround, files: MemoryFiles): Promise<void> {
  const { world } = await deliveriesWorld({ clock: fakeClock(), files, job: null })
  const { deliveries, receipts, jobs, definitions, connections, sessions } = around.world
  const room = deliveriesRoom({
    world: { ...world, deliveries, receipts, jobs, definitions, connections, sessions },
  })
  const ended = new Promise<void>((resolve, reject) => {
    world.events.subscribe(({ kind }) => {
      const { state, error } = around.deliveries.rows().at(-1) ?? {}
      if (kind === 'delivered') resolve()
      else if (error) reject(new Error(`It is ${state}: ${around.deliveries.journal.slice(-3).join(', ')}`))
    })
  })
  await room.runner.recover()
  if (around.deliveries.rows().length === 0) {
    await room.service.request(jobId('job-a'), { again: false, by: 'test' })
  }
  if (around.deliveries.rows().at(-1)?.state !== 'delivered') await ended
  await room.runner.stopAndDrain()
  const seen = visible(files)
  nothingPartial(scenario, seen)
  const wanted = [...Object.keys(scenario.group), ...Object.keys(scenario.kept), scenario.marker ?? []].flat()
  expect([...seen.keys()].sort()).toEqual([...new Set(wanted)].sort())
  for (const [name, bytes] of Object.entries(scenario.group))
    if (bytes !== '') expect(seen.get(name)).toBe(bytes)
  for (const [name, bytes] of Object.entries(scenario.kept)) expect(seen.get(name)).toBe(bytes)
  if (scenario.marker !== null) expect(seen.get(scenario.marker)).not.toBe(scenario.before[scenario.marker])
  expect(around.deliveries.rows().map(row => row.state)).toEqual(['delivered'])
  expect(around.receipts.rows().map(receipt => receipt.number)).toEqual([1])
  expect(
    around.receipts
      .rows()[0]
      ?.content.files.map(file => file.path)
      .sort(),
  ).toEqual(
    Object.keys(scenario.group)
      .map(name => `${folder}/${name}`)
      .sort(),
  )
  expect([...files.below('/srv').keys()].filter(path => path.includes('.extract-desk'))).toEqual([])
}

let cuts = 0

describe.each(scenarios)('$name', scenario => {
  it('is whole whatever the moment at which it is cut, and complete after the next start', async () => {
    const { operations, around, files } = await run(scenario, Number.POSITIVE_INFINITY)
    await complete(scenario, around, files)
    for (let cut = 0; cut < operations; cut += 1) {
      for (const kind of ['kill', 'power', 'names-only'] as const) {
        const left = await run(scenario, cut)
        left.files.crash(kind)
        try {
          nothingPartial(scenario, visible(left.files))
          await complete(scenario, left.around, left.files)
        } catch (error) {
          throw new Error(`${kind} before operation ${cut + 1} of ${operations}`, { cause: error })
        }
        cuts += 1
      }
    }
  }, 60_000)
})

it('was tried at a thousand places at least', () => {
  expect(cuts).toBeGreaterThan(1000)
})

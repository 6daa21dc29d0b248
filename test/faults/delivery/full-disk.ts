import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rawFiles } from '../../../main/adapters/files/node-files.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import {
  deliveriesRoom,
  deliveriesWorld,
  type Served,
  served,
  servedZip,
} from '../../fakes/deliveries-world.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { gatedFiles } from '../../fakes/memory-files.ts'
import { zipBytes } from '../../fakes/zip-bytes.ts'
import type { Family } from '../family.ts'
import type { Finding } from '../tally.ts'
import { asked, job } from './memory/computer.ts'
import { untilEnded } from './memory/deliver.ts'

const diskBytes = 8_000_000
const rows = Buffer.from(`a,b,c\n${'1,2,3\n'.repeat(400_000)}`)
const name = 'rows.txt'
const five = Array.from({ length: 5 }, (_, n) => ({
  name: `${n}.txt`,
  data: rows.subarray(0, 6 * (20_000 * n + 10)),
}))
const marker = 'all.done'

/** One kind of delivery, and the files that come of it. */
type Kind = {
  readonly name: string
  readonly serve: Served
  readonly destination: Partial<Destination>
  readonly group: Readonly<Record<string, Buffer>>
}
const kinds: readonly Kind[] = [
  {
    name: 'csv',
    serve: served(rows, {
      'content-type': 'text/csv',
      'content-disposition': `attachment; filename="${name}"`,
    }),
    destination: {},
    group: { [name]: rows },
  },
  {
    name: 'zip',
    serve: servedZip(zipBytes([{ name, data: rows }])),
    destination: {},
    group: { [name]: rows },
  },
  {
    name: 'zip of 5, with a marker',
    serve: servedZip(zipBytes(five)),
    destination: { marker },
    group: Object.fromEntries(five.map(({ name, data }) => [name, data])),
  },
]

/**
 * Fills a small real disk before each file operation of a delivery: it has to say so where it still has to write, to
 * wait, and to go on when there is room. Only root may mount one: where that is not allowed, nothing was tried, which is
 * no success.
 */
export const fullDiskFamily: Family = {
  name: 'full-disk',
  askedFor: 150,
  async run({ session, say, count }) {
    const disk = join(session.newFolder('full-disk'), 'disk')
    mkdirSync(disk)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', disk])
    if (mounted.status !== 0) {
      say(`  full-disk: was not run: a disk cannot be mounted here (${String(mounted.stderr).trim()})`)
      return
    }
    try {
      for (const kind of kinds) {
        const { operations } = await deliverOn(disk, kind, Number.POSITIVE_INFINITY, false)
        for (const [index, operation] of operations.entries()) {
          const hasToWrite = operations.slice(index).includes('write')
          const { findings } = await deliverOn(disk, kind, index, hasToWrite)
          count(`${kind.name}: full before ${operation}, ${index + 1} of ${operations.length}`, findings)
        }
      }
    } finally {
      spawnSync('umount', [disk])
    }
  },
}

/** Delivers, and fills the disk before that operation; makes room as soon as the delivery waits for it. */
async function deliverOn(
  disk: string,
  { serve, destination, group }: Kind,
  fullAt: number,
  mustWait: boolean,
): Promise<{ readonly operations: readonly string[]; readonly findings: readonly Finding[] }> {
  const folder = join(disk, 'in')
  const filler = join(disk, 'filler')
  mkdirSync(folder)
  const operations: string[] = []
  const gate = (operation: string) => {
    if (operations.push(operation) === fullAt + 1) fill(disk, filler)
  }
  const clock = fakeClock()
  const around = await deliveriesWorld({
    clock,
    destination: { ...destination, folder },
    through: () => gatedFiles(rawFiles, gate),
  })
  around.server.files = [serve]
  const { service, runner } = deliveriesRoom(around)
  const findings: Finding[] = []
  const of = (loss: Finding['loss'], what: string) => void findings.push({ loss, what })
  let waited = false
  try {
    await service.request(job, asked)
    const last = await untilEnded({ files: around.files, around }, clock, ({ state, error }) => {
      findings.push(...seenIn(folder, group).filter(({ loss }) => loss !== 'lost'))
      if (state !== 'needs-space') return
      waited = true
      if (error?.code !== 'no-space') of('unexplained', `needs-space for ${error?.code}`)
      rmSync(filler, { force: true })
    })
    if (last.state !== 'delivered') of('lost', `it is ${last.state} (${last.error?.code})`)
    else findings.push(...seenIn(folder, group))
    if (mustWait && !waited) of('unexplained', 'it did not say that the disk is full')
  } catch (error) {
    of('unexplained', String(error))
  }
  await runner.stopAndDrain()
  const left = readdirSync(disk).filter(name => name.startsWith('.extract-desk-'))
  for (const name of left) of('unexplained', `${name} was left behind`)
  for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true, force: true })
  return { operations, findings }
}

/** Files that are not whole, and those that are not there. */
function seenIn(folder: string, group: Kind['group']): readonly Finding[] {
  const seen = readdirSync(folder).filter(name => name !== marker && !name.startsWith('.extract-desk-'))
  const partial = seen.filter(name => digest(readFileSync(join(folder, name))) !== digest(group[name]))
  const lost = Object.keys(group).filter(name => !seen.includes(name))
  return [
    ...partial.map((name): Finding => ({ loss: 'partial', what: `${name} is there, with other bytes` })),
    ...lost.map((name): Finding => ({ loss: 'lost', what: `${name} is not there` })),
  ]
}

const digest = (bytes: Buffer | undefined): string =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex')

function fill(disk: string, filler: string): void {
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(filler, Buffer.alloc(bavail * bsize))
}

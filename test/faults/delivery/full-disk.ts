import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rawFiles } from '../../../main/adapters/files/node-files.ts'
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
/** What a delivery brings; the file that comes of each is the same. */
const sent: readonly (readonly [string, Served])[] = [
  [
    'csv',
    served(rows, { 'content-type': 'text/csv', 'content-disposition': `attachment; filename="${name}"` }),
  ],
  ['zip', servedZip(zipBytes([{ name, data: rows }]))],
]

/**
 * Fills a small real disk before each write of a delivery: it has to say so, wait, and go on when there is room. Only
 * root may mount one: where that is not allowed, nothing was tried, which is no success.
 */
export const fullDiskFamily: Family = {
  name: 'full-disk',
  askedFor: 40,
  async run({ session, say, count }) {
    const disk = join(session.newFolder('full-disk'), 'disk')
    mkdirSync(disk)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', disk])
    if (mounted.status !== 0) {
      say(`  full-disk: was not run: a disk cannot be mounted here (${String(mounted.stderr).trim()})`)
      return
    }
    try {
      for (const [kind, serve] of sent) {
        const { writes } = await deliverOn(disk, serve, Number.POSITIVE_INFINITY)
        for (let write = 0; write < writes; write += 1) {
          const { findings } = await deliverOn(disk, serve, write)
          count(`full before write ${write + 1} of ${writes} (${kind})`, findings)
        }
      }
    } finally {
      spawnSync('umount', [disk])
    }
  },
}

/** Delivers, and fills the disk before the write of that number; makes room as soon as the delivery waits for it. */
async function deliverOn(
  disk: string,
  serve: Served,
  fullAt: number,
): Promise<{ readonly writes: number; readonly findings: readonly Finding[] }> {
  const folder = join(disk, 'in')
  const filler = join(disk, 'filler')
  const delivered = join(folder, name)
  mkdirSync(folder)
  let writes = 0
  const gate = (operation: string) => {
    if (operation !== 'write') return
    writes += 1
    if (writes === fullAt + 1) fill(disk, filler)
  }
  const clock = fakeClock()
  const around = await deliveriesWorld({
    clock,
    destination: { folder },
    through: () => gatedFiles(rawFiles, gate),
  })
  around.server.files = [serve]
  const { service, runner } = deliveriesRoom(around)
  const findings: Finding[] = []
  let waited = false
  try {
    await service.request(job, asked)
    const last = await untilEnded({ files: around.files, around }, clock, ({ state, error }) => {
      if (state !== 'needs-space') return
      waited = true
      if (error?.code !== 'no-space')
        findings.push({ loss: 'unexplained', what: `needs-space for ${error?.code}` })
      rmSync(filler, { force: true })
    })
    if (last.state !== 'delivered')
      findings.push({ loss: 'lost', what: `it is ${last.state} (${last.error?.code})` })
    else if (digest(readFileSync(delivered)) !== digest(rows))
      findings.push({ loss: 'wrong', what: 'other bytes' })
    if (fullAt < writes && !waited)
      findings.push({ loss: 'unexplained', what: 'it did not say that the disk is full' })
  } catch (error) {
    findings.push({ loss: 'unexplained', what: String(error) })
  }
  await runner.stopAndDrain()
  for (const path of [folder, filler]) rmSync(path, { recursive: true, force: true })
  return { writes, findings }
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

function fill(disk: string, filler: string): void {
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(filler, Buffer.alloc(bavail * bsize))
}

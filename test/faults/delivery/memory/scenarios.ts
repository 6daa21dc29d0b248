import type { Destination } from '../../../../preload/contract/types.ts'
import { type Served, served, servedZip } from '../../../fakes/deliveries-world.ts'
import { zipBytes } from '../../../fakes/zip-bytes.ts'

/** The destination of every delivery in memory. */
export const folder = '/srv/erp/in'

/** One kind of delivery, and everything that there is to see of it from outside. */
export type Scenario = {
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
  /** False: a volume without hard links. */
  readonly links: boolean
  /** All of the group is visible, or none of it. */
  readonly atOnce: boolean
}

const names = ['a.txt', 'b.txt', 'in/c.txt', 'in/d.txt', 'e.txt']
const text = (name: string) => `${name}|new\n`.repeat(20)
const old = (name: string) => `${name}|old\n`
const archive = zipBytes(names.map(name => ({ name, data: text(name) })))
const zip = servedZip(archive)
const all = (rename = (name: string) => name) =>
  Object.fromEntries(names.map(name => [rename(name), text(name)]))
const before = Object.fromEntries(names.map(name => [name, old(name)]))
const suffixed = (name: string) => name.replace('.', ' (2).')
const plain = { destination: {}, before: {}, marker: null, kept: {}, links: true, atOnce: false } as const

export const scenarios: readonly Scenario[] = [
  {
    ...plain,
    name: 'a single csv',
    serve: served(text('x'), {
      'content-type': 'text/csv',
      'content-disposition': 'attachment; filename="x.txt"',
    }),
    group: { 'x.txt': text('x') },
  },
  { ...plain, name: 'a zip of 5', serve: zip, group: all() },
  {
    ...plain,
    name: 'a marker, and the archive kept beside',
    destination: { marker: 'ready/{definition}.done', keepArchive: true },
    serve: zip,
    group: { ...all(), 'extract.zip': archive.toString('latin1') },
    marker: 'ready/Standard Accounting Extract.done',
  },
  {
    ...plain,
    name: 'keep-both',
    destination: { marker: 'all.done' },
    serve: zip,
    before: { ...before, 'all.done': 'old marker' },
    group: all(suffixed),
    marker: 'all (2).done',
    kept: { ...before, 'all.done': 'old marker' },
  },
  {
    ...plain,
    name: 'replace',
    destination: { onConflict: 'replace', marker: 'all.done' },
    serve: zip,
    before: { ...before, 'all.done': 'old marker' },
    group: all(),
    marker: 'all.done',
  },
  {
    ...plain,
    name: 'a folder of its own',
    destination: { name: 'run/{original}{ext}', marker: 'run/ready' },
    serve: zip,
    group: all(name => `run/${name}`),
    marker: 'run/ready',
    atOnce: true,
  },
  {
    ...plain,
    name: 'replace on a volume without hard links',
    destination: { onConflict: 'replace', marker: 'all.done' },
    serve: zip,
    before: { 'a.txt': old('a.txt'), 'all.done': 'old marker' },
    group: all(),
    marker: 'all.done',
    links: false,
  },
]

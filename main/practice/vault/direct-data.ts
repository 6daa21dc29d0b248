import { createHash } from 'node:crypto'
import type { Answer } from '../loopback.ts'
import { randomFrom } from '../random.ts'
import { failure, loginPage, reply, success } from './replies.ts'
import { type TarEntry, tarGz } from './tar.ts'
import type { World } from './world.ts'

/*
 * Direct Data as the clock has it: every quarter of an hour a file of what changed, every day at one o'clock a full one
 * and a log. The file of a quarter of an hour that is just over is not made yet: an entry that says when it will be.
 */
const QUARTER = 15 * 60_000
const DAY = 24 * 3_600_000
/** Real parts have 1 GB. */
const PART = 24 * 1024

type Kind = 'N' | 'F' | 'L'
const kinds: Readonly<Record<string, Kind>> = {
  incremental_directdata: 'N',
  full_directdata: 'F',
  log_directdata: 'L',
}

const pad = (value: number) => String(value).padStart(2, '0')

function fileName(stop: number, kind: Kind): string {
  const at = new Date(stop)
  const day = `${at.getUTCFullYear()}${pad(at.getUTCMonth() + 1)}${pad(at.getUTCDate())}`
  return `9001-${day}-${pad(at.getUTCHours())}${pad(at.getUTCMinutes())}-${kind}`
}

/** To the minute, as answers have them. */
const minute = (at: number) => `${new Date(at).toISOString().slice(0, 16)}Z`

/** When the periods of this kind ended, newest last: ten days of quarters, two of full files. */
function stops(world: World, kind: Kind): readonly number[] {
  const now = world.now()
  const step = kind === 'N' ? QUARTER : DAY
  const shift = kind === 'N' ? 0 : 3_600_000
  const last = Math.floor((now - shift) / step) * step + shift
  const from = Math.max(world.store.state.since - DAY, now - (kind === 'F' ? 2 : 10) * DAY)
  const found: number[] = []
  for (let stop = last; stop > from; stop -= step) found.unshift(stop)
  return found
}

/** What a file holds; some quarters of an hour changed nothing, and have a file all the same. */
function entriesOf(world: World, name: string, kind: Kind): readonly TarEntry[] {
  const random = randomFrom(world.seed, 'direct data', name)
  const empty = kind === 'N' && (random.chance(0.2) || world.scenario().job.fill === 'empty')
  const rows = empty ? 0 : random.int(40, 160) * (kind === 'F' ? 40 : 1)
  const extracts =
    kind === 'L' ? ['Log.audit_trail'] : ['Object.product__v', 'Document.document_version__sys']
  const files = extracts.map(extract => {
    const lines = Array.from(
      { length: rows },
      (_, n) => `${n},${extract} ${random.text('abcdefgh', 12)},${random.int(1, 9_999)}\n`,
    )
    return {
      name: `${extract.replace('.', '/')}.csv`,
      data: Buffer.from(`id,name__v,value__c\n${lines.join('')}`),
    }
  })
  const manifest = extracts.map(
    (extract, index) => `${extract},${extract},updates,${rows},${files[index]?.name}\n`,
  )
  const metadata = kind === 'F' ? 'Metadata/metadata_full.csv' : 'Metadata/metadata.csv'
  return [
    {
      name: 'manifest.csv',
      data: Buffer.from(`extract,extract_label,type,records,file\n${manifest.join('')}`),
    },
    { name: metadata, data: Buffer.from('extract,column_name,type\nObject.product__v,id,ID\n') },
    ...files,
  ]
}

/** A list says the checksums of all of its files: each is made once. */
function archiveOf(world: World, name: string, kind: Kind): Buffer {
  const key = `${name} ${world.scenario().job.fill}`
  const archive = world.archives.get(key) ?? tarGz(entriesOf(world, name, kind))
  world.archives.set(key, archive)
  return archive
}

const partsOf = (archive: Buffer): readonly Buffer[] =>
  Array.from({ length: Math.ceil(archive.length / PART) }, (_, index) =>
    archive.subarray(index * PART, (index + 1) * PART),
  )

const partName = (name: string, number: number) => `${name}.${String(number).padStart(3, '0')}`

function entry(world: World, version: string, stop: number, type: string, kind: Kind) {
  const name = fileName(stop, kind)
  if (kind === 'N' && world.now() - stop < 60_000) {
    const error = { next_retry: minute(stop + QUARTER), message: 'The file is being generated.' }
    return { name, error }
  }
  const archive = archiveOf(world, name, kind)
  const parts = partsOf(archive)
  return {
    name,
    filename: `${name}.tar.gz`,
    extract_type: type,
    start_time: kind === 'F' ? '2000-01-01T00:00Z' : minute(stop - (kind === 'N' ? QUARTER : DAY)),
    stop_time: minute(stop),
    record_count: parts.length,
    size: archive.length,
    fileparts: parts.length,
    filepart_details: parts.map((part, index) => ({
      name: partName(name, index + 1),
      filename: `${name}.tar.gz.${String(index + 1).padStart(3, '0')}`,
      filepart: index + 1,
      size: part.length,
      md5checksum: createHash('md5').update(part).digest('hex'),
      url: `${world.origin()}/api/${version}/services/directdata/files/${partName(name, index + 1)}`,
    })),
  }
}

/** GET /services/directdata/files. */
export function directDataFiles(world: World, version: string, query: URLSearchParams): Answer {
  const type = query.get('extract_type') ?? 'incremental_directdata'
  const kind = kinds[type]
  if (kind === undefined) return failure('INVALID_DATA', `No extract type [${type}].`)
  const time = (name: string, otherwise: number) => {
    const text = query.get(name)
    return text === null ? otherwise : Date.parse(text)
  }
  const [from, to] = [time('start_time', 0), time('stop_time', Number.POSITIVE_INFINITY)]
  if (Number.isNaN(from) || Number.isNaN(to)) return failure('INVALID_DATA', 'A time cannot be read.')
  const data = stops(world, kind)
    .filter(stop => stop > from && stop <= to)
    .map(stop => entry(world, version, stop, type, kind))
  return success({ responseDetails: { total: data.length }, data })
}

/** GET /services/directdata/files/{name}.001: here there is a blank before the file's name. */
export function directDataPart(world: World, part: string): Answer {
  const [, name = '', letter = '', number = ''] = /^(9001-\d{8}-\d{4}-([NFL]))\.(\d{3})$/.exec(part) ?? []
  const kind = Object.values(kinds).find(one => one === letter)
  const known = kind !== undefined && stops(world, kind).some(stop => fileName(stop, kind) === name)
  const bytes = known && kind ? partsOf(archiveOf(world, name, kind))[Number(number) - 1] : undefined
  if (bytes === undefined) return failure('INVALID_DATA', `No file [${part}].`)
  const { file } = world.scenario()
  if (file === 'html') return loginPage()
  if (file === 'json-error') return failure('UNEXPECTED_ERROR', 'The file could not be read.')
  const sent = Buffer.from(bytes)
  if (file === 'bit-flipped') sent.writeUInt8(sent.readUInt8(sent.length >> 1) ^ 1, sent.length >> 1)
  return {
    ...reply(200, 'application/octet-stream;charset=UTF-8', sent, {
      'content-disposition': `attachment; filename="${name}.tar.gz.${number}"`,
    }),
    ...(file === 'cut' ? { cutAfter: Math.floor(sent.length / 2) } : {}),
  }
}

import { createHash } from 'node:crypto'
import {
  createWriteStream,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { accountingRows, commaRows, type Rows } from './rows.ts'
import { deflated, type ZipSource, zipArchive } from './zip-writer.ts'

/** Counted up whenever other bytes would come out. */
const recipe = 2
const seed = 'delivery'
const MB = 1_000_000

export type MaterialName = 'zip-two-large' | 'zip-2000-files' | 'csv-1-gb'

/** One thing to deliver, and what must have arrived when it was. */
export type Material = {
  readonly name: MaterialName
  readonly path: string
  readonly type: 'application/zip' | 'text/csv'
  readonly bytes: number
  /** SHA-256 of each file, by its name. */
  readonly files: Readonly<Record<string, string>>
}

/** Makes the files to deliver, once; they are kept in a folder outside the checkout, 1.4 GB. */
export async function ensureMaterial(
  cache: string,
  say: (line: string) => void,
): Promise<readonly Material[]> {
  const folder = join(cache, `bench-delivery-${recipe}`)
  const known = readList(folder)
  if (known) return known
  say(`Making the files to deliver in ${folder} (some minutes, once)`)
  const aside = mkdtempSync(`${folder}.part-`)
  try {
    const made: Material[] = []
    for (const make of [makeTwoLarge, makeManySmall, makeCsv]) {
      const material = await make(aside)
      say(`  ${material.name}: ${material.bytes} bytes, ${Object.keys(material.files).length} files`)
      made.push({ ...material, path: join(folder, material.name) })
    }
    writeFileSync(join(aside, 'list.json'), JSON.stringify(made))
    rmSync(folder, { recursive: true, force: true })
    renameSync(aside, folder)
    return made
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

function readList(folder: string): readonly Material[] | null {
  try {
    const list: readonly Material[] = JSON.parse(readFileSync(join(folder, 'list.json'), 'utf8'))
    return list.every(({ path, bytes }) => statSync(path).size === bytes) ? list : null
  } catch {
    return null
  }
}

const large = (): readonly (readonly [name: string, rows: Rows])[] => [
  ['CES_SAE_v3_production_5013.txt', accountingRows(`${seed}-1`, 600 * MB)],
  ['CES_SAE_v3_production_5014.txt', accountingRows(`${seed}-2`, 400 * MB)],
]

function makeTwoLarge(folder: string): Promise<Material> {
  return makeArchive(
    folder,
    'zip-two-large',
    large().map(([name, rows]) => [name, () => rows.pieces()]),
  )
}

/** The same bytes, cut behind every half megabyte or so; without the header lines, which promise all of the rows. */
function makeManySmall(folder: string): Promise<Material> {
  function* halves(): Generator<Buffer> {
    for (const [, rows] of large()) {
      let header = true
      for (const whole of rows.pieces()) {
        const piece = header ? whole.subarray(whole.indexOf('\n') + 1) : whole
        header = false
        const middle = piece.indexOf('\n', piece.length / 2) + 1
        yield piece.subarray(0, middle)
        if (middle < piece.length) yield piece.subarray(middle)
      }
    }
  }
  const number = (index: number) => String(index + 1).padStart(4, '0')
  function* sources(): Generator<Part> {
    let index = 0
    for (const piece of halves()) {
      yield [`part-${number(index)}.txt`, () => [piece]]
      index += 1
    }
  }
  return makeArchive(folder, 'zip-2000-files', sources())
}

type Part = readonly [name: string, pieces: () => Iterable<Buffer>]

async function makeArchive(folder: string, name: MaterialName, parts: Iterable<Part>): Promise<Material> {
  const files: Record<string, string> = {}
  // One after the other: all parts together are a gigabyte.
  function* sources(): Generator<ZipSource> {
    for (const [file, pieces] of parts)
      yield deflated(file, () => hashed(pieces(), sha256 => void Object.assign(files, { [file]: sha256 })))
  }
  const path = join(folder, name)
  await pipeline(Readable.from(zipArchive(sources(), false)), createWriteStream(path))
  return { name, path, type: 'application/zip', bytes: statSync(path).size, files }
}

async function makeCsv(folder: string): Promise<Material> {
  const files: Record<string, string> = {}
  const path = join(folder, 'csv-1-gb')
  const rows = commaRows(`${seed}-3`, 1000 * MB)
  const pieces = hashed(rows.pieces(), sha256 => (files['Extract.csv'] = sha256))
  await pipeline(Readable.from(pieces), createWriteStream(path))
  return { name: 'csv-1-gb', path, type: 'text/csv', bytes: statSync(path).size, files }
}

function* hashed(pieces: Iterable<Buffer>, done: (sha256: string) => void): Generator<Buffer> {
  const hash = createHash('sha256')
  for (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
  done(hash.digest('hex'))
}

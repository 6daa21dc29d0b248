import { randomFrom } from '../../../../main/practice/random.ts'
import { repeated, zipArchive, zipBytes } from './zip-writer.ts'

const gigabytes = 6
const blockBytes = 4_000_000

/** Text that hardly packs: what a large archive holds is mostly that, and less has to be unpacked of it. */
function block(): Buffer {
  const random = randomFrom('huge')
  const row = () =>
    `DETAIL|${random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 88)}\n`
  return Buffer.from(Array.from({ length: blockBytes / row().length }, row).join(''), 'latin1')
}

type Huge = { readonly name: string; readonly bytes: number; pieces(): AsyncGenerator<Buffer> }

/** A zip64 archive of 6 GB with two files, one of which is larger than 4 GB. It is made while it is sent. */
export const hugeArchive: Huge = {
  name: 'zip64-6-gb',
  get bytes() {
    return zipBytes(sources(), true)
  },
  pieces: () => zipArchive(sources(), true),
}

let made: readonly [ReturnType<typeof repeated>, ReturnType<typeof repeated>] | null = null

function sources() {
  if (made) return made
  const one = block()
  const times = Math.ceil((gigabytes * 1e9) / repeated('', one, 1).packedBytes)
  const first = Math.ceil(times * 0.8)
  made = [repeated('CES_SAE_1.txt', one, first), repeated('CES_SAE_2.txt', one, times - first)]
  return made
}

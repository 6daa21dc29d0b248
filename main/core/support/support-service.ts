import { type BundlePart, bundleParts } from '../../../preload/contract/support.ts'
import type { SupportService } from '../desk.ts'
import { AppError } from '../errors.ts'
import type { Redactor } from '../policy/redact.ts'
import type { Clock, Ids } from '../ports.ts'
import type { Packed, Packer } from '../receipts/exports.ts'
import { isoOf } from '../time.ts'
import { cleaner, type Personal } from './clean.ts'
import { type BundleSources, partSources } from './parts.ts'

export type SupportParts = BundleSources & {
  readonly packer: Packer
  readonly redactor: Pick<Redactor, 'text' | 'value'>
  readonly personal: () => Personal
  readonly clock: Clock
  readonly ids: Ids
}

/** Masking a line takes some hundredths of a millisecond; nothing else may wait for more than a frame. */
const linesATime = 200
/** What is shown of a part at a time. */
const pieceLength = 64 * 1024

type Bundle = { readonly id: string; readonly texts: Map<BundlePart['kind'], string> }

/**
 * The support bundle. What is shown is what is saved: each part is collected once, cleaned, and kept in memory until
 * the bundle is saved or left. One bundle at a time.
 */
export function createSupport(parts: SupportParts): SupportService {
  const { clock, ids, packer } = parts
  let open: Bundle | null = null

  function bundle(id: string): Bundle {
    if (open?.id !== id) throw new AppError('cancelled')
    return open
  }

  const breathe = (): Promise<void> => new Promise(resolve => void clock.wake(clock.now(), resolve))

  async function cleaned(lines: readonly unknown[], id: string): Promise<string> {
    const clean = cleaner(parts.redactor, parts.personal())
    const texts: string[] = []
    for (let from = 0; from < lines.length; from += linesATime) {
      const some = lines.slice(from, from + linesATime)
      texts.push(...some.map(line => (typeof line === 'string' ? clean.text(line) : clean.line(line))))
      await breathe()
      bundle(id)
    }
    return texts.length === 0 ? '' : `${texts.join('\n')}\n`
  }

  function textOf(id: string, kind: BundlePart['kind']): string {
    const text = bundle(id).texts.get(kind)
    if (text === undefined) throw new AppError('not-found', { facts: { what: kind } })
    return text
  }

  return {
    async begin() {
      open = { id: ids.next('bundle'), texts: new Map() }
      return open.id
    },
    async collect(id, kind) {
      const { texts } = bundle(id)
      const { name, lines } = partSources[kind]
      const text = await cleaned(await lines(parts), id)
      texts.set(kind, text)
      return { kind, name, bytes: Buffer.byteLength(text), lines: text.split('\n').length - 1 }
    },
    async read(id, kind, from) {
      const text = textOf(id, kind)
      const next = from + pieceLength
      return { text: text.slice(from, next), next: next < text.length ? next : null }
    },
    async pack(id) {
      const files: Packed[] = bundleParts.map(kind => ({
        name: partSources[kind].name,
        bytes: Buffer.from(textOf(id, kind)),
      }))
      const day = isoOf(clock.now()).slice(0, 10)
      return { name: `extract-desk-support-${day}.zip`, bytes: () => packer.pack(files) }
    },
    async leave(id) {
      if (open?.id === id) open = null
    },
  }
}

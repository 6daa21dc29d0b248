import type { WarningView } from '../../../preload/contract/receipts.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import { AppError } from '../errors.ts'
import { distinctPaths, sameFileKey, split } from './safe-names.ts'
import { expand, parseTemplate, type TemplateValues } from './template.ts'

/** What the tokens of a job stand for; those of its files come with each file. */
export type JobValues = Omit<TemplateValues, 'original' | 'ext' | 'n'>

export type GroupNames = {
  /** Below the destination, one for each file in its order; no two are one file on any system. */
  readonly paths: readonly string[]
  readonly marker: string | null
  readonly warnings: readonly WarningView[]
}

/**
 * The names of all files of a job, by the templates of its destination.
 * Throws `name-invalid`, and `conflict` where a template names one file and there are several.
 *
 * @param originals the server's own names, with folders
 * @param downloaded the server's name of what was downloaded: for the marker, which belongs to no single file
 */
export function groupNames(
  destination: Pick<Destination, 'name' | 'marker'>,
  job: JobValues,
  originals: readonly string[],
  downloaded: string,
): GroupNames {
  const template = parseTemplate(destination.name)
  if (originals.length > 1 && !template.namesMany) {
    throw new AppError('conflict', { facts: { reason: 'one-name', files: originals.length } })
  }
  const expanded = originals.map((original, index) =>
    expand(template, { ...job, ...parts(original), n: index + 1 }),
  )
  const paths = distinctPaths(expanded.map(one => one.path))
  const warnings = expanded.flatMap(({ wanted }, index) => {
    const path = paths[index]
    return path === undefined || path === wanted ? [] : [nameChanged(wanted, path)]
  })
  const marker =
    destination.marker === null
      ? null
      : expand(parseTemplate(destination.marker), { ...job, ...parts(downloaded), n: originals.length }).path
  if (marker !== null && paths.some(path => sameFileKey(path) === sameFileKey(marker))) {
    throw new AppError('name-invalid', { facts: { name: marker, reason: 'marker-and-file' } })
  }
  return { paths, marker, warnings }
}

function parts(original: string): { readonly original: string; readonly ext: string } {
  const [stem, ext] = split(original)
  return { original: stem, ext }
}

const nameChanged = (from: string, to: string): WarningView => ({
  code: 'name-changed',
  facts: { from: from.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd').slice(0, 300), to },
})

/** The name with the suffix of its group: `report.txt`, `report (2).txt`. */
export function withSuffix(path: string, n: number): string {
  if (n < 2) return path
  const [stem, ext] = split(path)
  return `${stem} (${n})${ext}`
}

/**
 * The name of a download: the answer's (RFC 6266, the encoded form first), else the system's, else
 * `{definition}_{jobId}` by what it is. Of an answer's only the last part counts: a header does not choose folders. The
 * system's keeps its folders where it is no path from the server's root, as an archive's entries do: two files of one
 * name may lie in two of them.
 */
export function downloadName(
  header: string | undefined,
  known: string | null,
  otherwise: { readonly definition: string; readonly jobId: string; readonly ext: string },
): { readonly name: string; readonly own: boolean } {
  const said = lastPart(dispositionName(header ?? '') ?? '') || pathWithin(known ?? '')
  if (said !== '') return { name: said, own: true }
  return {
    name: `${otherwise.definition}_${otherwise.jobId}${otherwise.ext}`.replace(/[/\\]/g, '_'),
    own: false,
  }
}

const pathWithin = (name: string): string =>
  /^[/\\]/.test(name) ? lastPart(name) : name.split(/[/\\]/).map(lastPart).filter(Boolean).join('/')

const lastPart = (name: string): string => name.split(/[/\\]/).at(-1)?.trim().replace(/^\.+$/, '') ?? ''

function dispositionName(header: string): string | null {
  const encoded = /(?:^|;)\s*filename\*\s*=\s*"?([\w-]+)'[^']*'([^;"]+)/i.exec(header)
  const [, charset, text] = encoded ?? []
  if (charset !== undefined && text !== undefined) {
    const decoded = percentDecoded(text, charset)
    if (decoded !== null) return decoded
  }
  const plain = /(?:^|;)\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header)
  if (!plain) return null
  // Headers are read as Latin-1; many servers write UTF-8 into them, which as Latin-1 would be mojibake.
  const raw = (plain[1]?.replace(/\\(["\\])/g, '$1') ?? plain[2] ?? '').trim()
  if (/[\u0100-\uffff]/.test(raw)) return raw
  const bytes = Buffer.from(raw, 'latin1')
  const utf8 = bytes.toString('utf8')
  return Buffer.from(utf8).equals(bytes) ? utf8 : raw
}

function percentDecoded(text: string, charset: string): string | null {
  const bytes = Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  if (/^utf-?8$/i.test(charset)) return bytes.toString('utf8')
  return /^iso-8859-1$/i.test(charset) ? bytes.toString('latin1') : null
}

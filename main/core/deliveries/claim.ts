import { gunzipSync, constants as zlib } from 'node:zlib'
import { AppError } from '../errors.ts'
import type { FileContents } from '../extract-files/types.ts'
import { saidIn } from '../systems/said.ts'
import type { Download } from './types.ts'

/** What is known of a download when its last byte has come. */
export type Claim = {
  /** Its first bytes. */
  readonly head: Uint8Array
  readonly bytes: number
  /** The answer's Content-Type without its parameters, in lower case; null where it had none. */
  readonly declaredType: string | null
  /** The name that the server or the system gives it; null where it gives none. */
  readonly name: string | null
  /** Null where it begins as an archive does. */
  readonly contents: FileContents | null
  /** Masks secrets in what a system said. */
  readonly mask: (text: string) => string
}

/**
 * What a download is, by its first bytes held against what it was declared to be. Gateways, proxies and sign-in pages
 * answer with status 200 too: a web page, an error in XML or JSON never becomes a file.
 * Throws `html-instead-of-file`, `error-instead-of-file`, or `damaged-archive` where an archive was declared.
 */
export function kindOf({ head, bytes, declaredType, name, contents, mask }: Claim): Download['kind'] {
  if (bytes === 0) return 'text'
  const declared = declaredType ?? ''
  if (isPackedTar(head)) return 'archive'
  if (contents === null) {
    if (isDocument.test(name ?? '')) return 'binary'
    if (/^text\/|json|xml/.test(declared)) throw conflict(declared, 'an archive')
    return 'archive'
  }
  const text = beginningOf(head)
  const facts = { declared: declared || 'nothing' }
  const isMeant = declared === 'application/octet-stream' && isPage.test(name ?? '')
  if (!isMeant && /^<(?:!doctype html|html|head|body)\b/i.test(text)) {
    throw new AppError('html-instead-of-file', { facts, said: mask(saidIn(text)).slice(0, 300) })
  }
  if (isError(text, isMeant ? meantType(text) : declared, bytes <= head.length)) {
    throw new AppError('error-instead-of-file', { facts, said: mask(saidIn(text)).slice(0, 1024) })
  }
  if (/zip/.test(declared)) throw conflict(declared, contents.rows === null ? 'something else' : 'text')
  return contents.rows === null ? 'binary' : 'text'
}

/** Documents of office programs are zip archives inside. They are delivered as they are. */
const isDocument =
  /\.(?:do[ct][xm]|xl[st][xmb]|xlam|xlsb|pp[ts][xm]|pot[xm]|vs[dst][xm]|od[tspgfb]|ot[tspg]|epub|jar|apk|xps|oxps|3mf|key|pages|numbers)$/i

/** A server that calls it a download, under the name of a page or of data, means that page or these data. */
const isPage = /\.(?:x?html?|xml|xsl|xslt|xsd|svg|json)$/i
const meantType = (text: string): string => (text.startsWith('<') ? 'application/xml' : 'application/json')

/** So many packed bytes hold the first header of a tar, and unpack to a few megabytes at most. */
const probeBytes = 4096

/** Whether a file is a tar that gzip packed: by what is inside, for a name may say anything. */
function isPackedTar(head: Uint8Array): boolean {
  if (head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) return false
  try {
    const inside = gunzipSync(head.subarray(0, probeBytes), { finishFlush: zlib.Z_SYNC_FLUSH })
    return inside.subarray(257, 262).toString('latin1') === 'ustar'
  } catch {
    return false
  }
}

const conflict = (declared: string, found: string) =>
  new AppError('damaged-archive', { facts: { reason: `declared ${declared}, and ${found} came` } })

function beginningOf(head: Uint8Array): string {
  const bytes = Buffer.from(head)
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe
  return bytes.toString(wide ? 'utf16le' : 'utf8').replace(/^[\ufeff\s]+/, '')
}

function isError(text: string, declared: string, whole: boolean): boolean {
  if (text.startsWith('<'))
    return (
      !declared.includes('xml') ||
      /^(?:<\?[^>]*>|<!--.*?-->|\s)*<(?:\w+:)?(?:error|fault|exception)/is.test(text)
    )
  if (!/^[[{]/.test(text)) return false
  const saysSo =
    /^[[{\s]*"(?:errors?|error_?\w*|message|fault|exception|responseStatus"\s*:\s*"(?:FAILURE|EXCEPTION))/i.test(
      text,
    )
  return saysSo || (whole && !declared.includes('json') && isJson(text))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

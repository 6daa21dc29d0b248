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
export function kindOf({ head, bytes, declaredType, contents, mask }: Claim): Download['kind'] {
  if (bytes === 0) return 'text'
  const declared = declaredType ?? ''
  if (contents === null) {
    if (/^text\/|json|xml/.test(declared)) throw conflict(declared, 'an archive')
    return 'archive'
  }
  const text = beginningOf(head)
  const facts = { declared: declared || 'nothing' }
  if (/^<(?:!doctype html|html|head|body)\b/i.test(text)) {
    throw new AppError('html-instead-of-file', { facts, said: mask(saidIn(text)).slice(0, 300) })
  }
  if (isError(text, declared, bytes <= head.length)) {
    throw new AppError('error-instead-of-file', { facts, said: mask(saidIn(text)).slice(0, 1024) })
  }
  if (/zip/.test(declared)) throw conflict(declared, contents.rows === null ? 'something else' : 'text')
  return contents.rows === null ? 'binary' : 'text'
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

/** Shorter secrets than this would mask half of a log; their places are masked by key and shape alone. */
const shortest = 4
/** A secret longer than this is told by its beginning: all its letters would make a pattern too large to be quick. */
const longest = 256
const beginning = 64

export type Spelling = { readonly length: number; readonly pattern: string }

/**
 * How a secret that is known may come to stand in a text, as patterns for a search without regard to case: letter by
 * letter as it is or as URLs, forms, JSON, XML and HTML write it, whichever of its letters they escape; and as base64.
 */
export function spellingsOf(secret: string): readonly Spelling[] {
  if (secret.length < shortest) return []
  const bytes = Buffer.from(secret)
  const encoded = [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]
  return [secret, ...new Set(encoded)].map(text => ({ length: text.length, pattern: patternOf(text) }))
}

function patternOf(text: string): string {
  if (text.length > longest) {
    const rest = /^[\w.~+/=-]+$/.test(text) ? '[\\w.~+/=%-]*' : '[^]*'
    return `${patternOf(text.slice(0, beginning))}${rest}`
  }
  return (text.match(/\\+|[\w.~-]+|./gsu) ?? []).map(pieceOf).join('')
}

function pieceOf(piece: string): string {
  // Nothing has to escape these. Of all others the escapes come first: `&amp;` begins with what it stands for.
  if (/^[\w.~-]+$/.test(piece)) return escaped(piece)
  // As one run: letter by letter there would be more ways to read `\\\\` than time.
  if (piece.startsWith('\\')) return `(?:${many(piece)}|\\\\{${piece.length},${piece.length * 4}})`
  const cases = new Set([piece, piece.toLowerCase(), piece.toUpperCase()])
  return `(?:${[...cases].map(escapesOf).join('|')}|\\\\?${escaped(piece)}${piece === ' ' ? '|\\+' : ''})`
}

const many = (run: string): string => `(?:${escapesOf('\\')}){${run.length}}`

/** `%22`, `&quot;` or any other name, `&#34;`, `&#x22;`, `\u0022`, `\x22`; also where that was escaped once more. */
function escapesOf(letter: string): string {
  const point = letter.codePointAt(0) ?? 0
  const percent = [...Buffer.from(letter)].map(byte => `%(?:25)?${hex(byte, 2)}`).join('')
  const units = letter.split('').map(unit => `\\\\{1,2}u${hex(unit.charCodeAt(0), 4)}`)
  const entity = `&(?:amp;)?(?:#0{0,4}${point}|#x0{0,4}${hex(point, 1)}|[a-z]\\w{1,8});`
  return [percent, units.join(''), `\\\\{1,2}x${hex(point, 2)}`, entity].join('|')
}

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

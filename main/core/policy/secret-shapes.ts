/**
 * What a secret, a bank's or a card's number looks like in a text, and where such things stand. Every quantifier that
 * a search could begin in again and again is bounded: what a server sends must not hold up the main thread.
 */
export const mask = '[masked]'

export type Shape = {
  readonly pattern: RegExp
  readonly by: string | ((...match: string[]) => string)
}

const keyWords =
  'token|secret|passw(?:or)?d|passphrase|pwd|authorization|(?:api|consumer)[-_]?key|csrf|client[-_]?id|session[-_]?id'

/** Of a key in an object; `pin` is a word of its own, or begins with a capital in the middle of one. */
const secretKey =
  /token|secret|passw|pwd|passphrase|authoriz|cookie|credential|(?:api|consumer)[-_]?key|csrf|bearer|client[-_]?id|session[-_]?id|private[-_]?key|signature|iban|bic$|routing|card|account[-_]?(?:number|no)\b|(?:^|[^a-z])pin(?:[-_]?(?:code|number))?$/i
const innerPin = /[a-z]P(?:in|IN)(?:Code|Number)?$/
export const isSecretKey = (key: string): boolean => secretKey.test(key) || innerPin.test(key)

const valueAfter = (key: string, flags: string): Shape => ({
  pattern: new RegExp(`(${key}["']?\\s{0,16}[:=]\\s{0,16})("[^"]*"|'[^']*'|[^\\s"',;&<>}]+)`, flags),
  by: `$1${mask}`,
})

export const shapes: readonly Shape[] = [
  // Headers: everything up to the end of the line.
  {
    pattern: /\b((?:set-)?cookie|(?:proxy-)?authorization)(["']?\s{0,16}[:=]\s{0,16})[^\r\n]+/gi,
    by: `$1$2${mask}`,
  },
  { pattern: /\b(bearer|oauth|basic|negotiate|ntlm|digest)\s{1,16}[\w.~+/=$-]{6,}/gi, by: `$1 ${mask}` },
  // name=value, "name": "value", <name>value</name>
  valueAfter(`(?:${keyWords})[\\w.-]{0,64}`, 'gi'),
  valueAfter('(?:(?<![A-Za-z])[Pp][Ii][Nn]|(?<=[a-z])Pin)(?:[-_]?[Cc]ode|[-_]?[Nn]umber)?', 'g'),
  {
    pattern: new RegExp(
      `(<(?:[\\w-]{1,64}:)?[\\w.-]{0,64}(?:${keyWords}|\\bpin\\b)[\\w.-]{0,64}(?:\\s[^<>]{0,256})?>)[^<]+`,
      'gi',
    ),
    by: `$1${mask}`,
  },
  // Addresses: user information, values of the query and of the fragment, ICWS's session id in the path.
  { pattern: /(:\/\/)[^\s/@"'<>]*@/g, by: `$1${mask}@` },
  { pattern: /([?&#;][\w.~$%[\]-]{1,64}=)[^&#\s"'<>]*/g, by: `$1${mask}` },
  {
    pattern: /(\/icws\/)[^/\s"'?#]+(?=\/)/gi,
    by: (whole, start) => (/\/connection$/i.test(whole) ? whole : `${start}${mask}`),
  },
  { pattern: /\bveeva-vault-[\w.~+/=-]+/gi, by: mask },
  { pattern: /\beyJ[\w-]{4,}(?:\.[\w-]*){0,2}/g, by: mask },
  // Banks. What is written as an IBAN is taken for one; in small letters, or in other groups, its check digits decide.
  {
    pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g,
    by: whole => (digits(whole) < 8 ? whole : mask),
  },
  {
    pattern:
      /(?<![a-z0-9])[a-z]{2}\d{2}(?:[\p{Zs}.-]?[a-z0-9]{4}){2,7}(?:[\p{Zs}.-]?[a-z0-9]{1,3})?(?![a-z0-9])/giu,
    by: withoutIban,
  },
  {
    pattern:
      /((?:account|acct|routing|aba)(?:[-_ ]?(?:number|num|no|nr|code))?\.?["']?[\s:=#]{1,4}["']?)\d(?:[ -]?\d){5,18}/gi,
    by: `$1${mask}`,
  },
  // Cards, in any blanks and dashes; between dots only in a card's own groups, which addresses and amounts have not.
  {
    pattern: /(?<!\d|\d\.)\d(?:[\p{Zs}\p{Pd}]?\d){11,18}(?!\d)/gu,
    by: whole => (compactTime.test(whole) ? whole : mask),
  },
  { pattern: /(?<![\d.])\d{4}\.(?:\d{6}\.\d{5}|\d{4}\.\d{4}\.\d{4}(?:\.\d{1,3})?)(?![\d.]*\d)/g, by: mask },
  // Standard base64 has slashes, as paths have: it is told by its length and its mixture.
  { pattern: /(?<![\w./\\:-])[A-Za-z0-9+/]{40,}={0,2}/g, by: whole => (mixed(whole) ? mask : whole) },
  {
    pattern: /(?<![\w-])[\w+-]{32,}={0,2}/g,
    by: whole => (ourId.test(whole) || digits(whole) === 0 ? whole : mask),
  },
]

/** `20261101183110`, as systems write times into file names; not a card's number. */
const compactTime = /^20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])(?:[0-5]\d){2}$/
/** What the Ids port makes. */
const ourId = /^[a-z]{1,20}-[0-9a-f]{24}$/
const digits = (text: string): number => text.replace(/\D/g, '').length
const mixed = (text: string): boolean => /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9+]/.test(text)

/** The words after an IBAN look like its last groups: the longest run of groups that is one ends it. */
function withoutIban(text: string): string {
  const ends = [...text.matchAll(/[\p{Zs}.-]|$/gu)].map(({ index }) => index)
  const end = ends.findLast(at => isIban(text.slice(0, at)))
  return end === undefined ? text : `${mask}${text.slice(end)}`
}

/** ISO 13616: country and check digits moved to the end, letters read as 10 to 35, the rest by 97 is 1. */
function isIban(grouped: string): boolean {
  const iban = grouped.replace(/[^a-z0-9]/gi, '')
  if (iban.length < 15 || iban.length > 34) return false
  const numbers = [...`${iban.slice(4)}${iban.slice(0, 4)}`].map(letter => Number.parseInt(letter, 36))
  return numbers.reduce((rest, n) => (rest * (n < 10 ? 10 : 100) + n) % 97, 0) === 1
}

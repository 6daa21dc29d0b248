/**
 * What must not stand in a log, a support bundle or an error's text: secrets, session ids, bank and card data
 * (product.md, rules 9 and 10). It works at the sink, on whatever comes, so that no call site can forget it.
 * Where a text might be a secret it is masked: a log with one word too few is worth more than one with one too many.
 */
const mask = '[masked]'

export type Redactor = {
  /** From now on these very texts are masked wherever they appear, encoded forms included. */
  learn(...secrets: readonly string[]): void
  text(text: string): string
  /** A copy as plain data, masked by key and by content, bounded in depth, width and length. */
  value(value: unknown): unknown
}

/** Shorter secrets than this would mask half of a log; their places are masked by key and shape alone. */
const shortestLearned = 4
const deepest = 6
const mostValues = 2000
const longestText = 8192
const longestRead = 65_536

const secretKey =
  /token|secret|passw|pwd|passphrase|authoriz|cookie|credential|api[-_]?key|csrf|bearer|client[-_]?id|session[-_]?id|private[-_]?key|signature|iban|bic$|card|account[-_]?(?:number|no)\b/i
/** Keys whose plain numbers and whose digests are facts, however long. */
const plainNumberKey = /(?:^at|At|Ms|[bB]ytes|[sS]eq)$/
const digestKey = /^(?:sha256|crc32|hash|previousHash|correlationId|validator)$/

const keyWords =
  'token|secret|passw(?:or)?d|passphrase|pwd|authorization|api[-_]?key|csrf|client[-_]?id|session[-_]?id'

type Rule = readonly [pattern: RegExp, replacement: string | ((...match: string[]) => string)]

const rules: readonly Rule[] = [
  // Headers: everything up to the end of the line.
  [/\b((?:set-)?cookie|(?:proxy-)?authorization)(["']?\s*[:=]\s*)[^\r\n]+/gi, `$1$2${mask}`],
  [/\b(bearer|oauth|basic|negotiate|ntlm|digest)\s+[\w.~+/=$-]{6,}/gi, `$1 ${mask}`],
  // name=value, "name": "value", <name>value</name>
  [
    new RegExp(`((?:${keyWords})[\\w.-]*["']?\\s*[:=]\\s*)("[^"]*"|'[^']*'|[^\\s"',;&<>}]+)`, 'gi'),
    `$1${mask}`,
  ],
  [new RegExp(`(<(?:[\\w-]+:)?[\\w.-]*(?:${keyWords})[\\w.-]*(?:\\s[^<>]*)?>)[^<]+`, 'gi'), `$1${mask}`],
  // Addresses: user information, values of the query and of the fragment, ICWS's session id in the path.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]*@/gi, `$1${mask}@`],
  [/([?&#;][\w.~$%[\]-]{1,64}=)[^&#\s"'<>]*/g, `$1${mask}`],
  [
    /(\/icws\/)[^/\s"'?#]+(?=\/)/gi,
    (whole, start) => (/\/connection$/i.test(whole) ? whole : `${start}${mask}`),
  ],
  [/\bveeva-vault-[\w.~+/=-]+/gi, mask],
  [/\beyJ[\w-]{4,}(?:\.[\w-]*){0,2}/g, mask],
  [
    /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g,
    whole => (digits(whole) < 8 ? whole : mask),
  ],
  [/(?<![\d.])\d(?:[ -]?\d){11,18}(?!\d)/g, whole => (compactTime.test(whole) ? whole : mask)],
  // Standard base64 has slashes, as paths have: it is told by its length and its mixture.
  [/(?<![\w./\\:-])[A-Za-z0-9+/]{40,}={0,2}/g, whole => (mixed(whole) ? mask : whole)],
  [/(?<![\w-])[\w+-]{32,}={0,2}/g, whole => (ourId.test(whole) || digits(whole) === 0 ? whole : mask)],
]

/** `20261101183110`, as systems write times into file names; not a card's number. */
const compactTime = /^20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])(?:[0-5]\d){2}$/
/** What the Ids port makes. */
const ourId = /^[a-z]{1,20}-[0-9a-f]{24}$/
const digits = (text: string): number => text.replace(/\D/g, '').length
const mixed = (text: string): boolean => /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9+]/.test(text)

export function createRedactor(): Redactor {
  const learned = new Set<string>()
  let literals: RegExp | null = null

  function learn(...secrets: readonly string[]): void {
    for (const secret of secrets) for (const form of formsOf(secret)) learned.add(form)
    // Longest first: a secret that begins with another one must not leave its tail.
    const all = [...learned].sort((a, b) => b.length - a.length)
    literals = all.length === 0 ? null : new RegExp(all.map(escaped).join('|'), 'g')
  }

  function text(raw: string): string {
    const known = literals === null ? raw : raw.replace(literals, mask)
    return rules.reduce(
      (masked, [pattern, by]) =>
        typeof by === 'string' ? masked.replace(pattern, by) : masked.replace(pattern, by),
      known,
    )
  }

  function bounded(raw: string): string {
    const masked = text(raw.length > longestRead ? wholeWords(raw.slice(0, longestRead)) : raw)
    return masked.length > longestText ? `${masked.slice(0, longestText)}…` : masked
  }

  function walk(value: unknown, key: string, depth: number, budget: { left: number }): unknown {
    if (budget.left-- <= 0) return '[more]'
    if (value === null || value === undefined || typeof value === 'boolean') return value
    if (typeof value === 'number' || typeof value === 'bigint') return number(value, key)
    if (secretKey.test(key)) return mask
    if (typeof value === 'string') return digestKey.test(key) && digest.test(value) ? value : bounded(value)
    if (typeof value !== 'object') return `[${typeof value}]`
    if (depth >= deepest) return '[deeper]'
    if (value instanceof Error) return walk(errorFacts(value), key, depth, budget)
    if (Array.isArray(value)) return value.slice(0, mostValues).map(item => walk(item, '', depth + 1, budget))
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, mostValues)
        .map(([name, item]) => [bounded(name), walk(item, name, depth + 1, budget)]),
    )
  }

  function number(value: number | bigint, key: string): unknown {
    if (plainNumberKey.test(key)) return typeof value === 'bigint' ? String(value) : value
    if (secretKey.test(key)) return mask
    const masked = text(String(value))
    return masked === String(value) && typeof value === 'number' ? value : masked
  }

  return { learn, text, value: value => walk(value, '', 0, { left: mostValues }) }
}

/** Without the word that the cut went through: half a secret is not recognised as one. */
const wholeWords = (cut: string): string => cut.slice(0, Math.max(cut.lastIndexOf(' '), 0))

/** A hash or an exchange's id: hexadecimal, perhaps with dashes. */
const digest = /^[0-9a-fA-F-]{8,64}$/

function errorFacts(error: Error): Record<string, unknown> {
  return {
    ...error,
    name: error.name,
    message: error.message,
    stack: error.stack ?? '',
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  }
}

/** How a secret may come to stand in a text: as it is, in a URL, in JSON, in base64. */
function formsOf(secret: string): readonly string[] {
  if (secret.length < shortestLearned) return []
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
  ]
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

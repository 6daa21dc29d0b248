/**
 * What must not stand in a log, a support bundle or an error's text: secrets, session ids, bank and card data
 * (product.md, rules 9 and 10). It works at the sink, on whatever comes, so that no call site can forget it.
 * Where a text might be a secret it is masked: a log with one word too few is worth more than one with one too many.
 */
import { isSecretKey, mask, shapes } from './secret-shapes.ts'
import { type Spelling, spellingsOf } from './spellings.ts'

export type Redactor = {
  /** From now on these very texts are masked wherever they appear, in whatever case and however they are escaped. */
  learn(...secrets: readonly string[]): void
  text(text: string): string
  /** A copy as plain data, masked by key and by content, bounded in depth, width and length. */
  value(value: unknown): unknown
}

const deepest = 6
const mostValues = 2000
const longestText = 8192
const longestRead = 65_536

/** Keys whose plain numbers and whose digests are facts, however long. */
const plainNumberKey = /(?:^at|At|Ms|[bB]ytes|[sS]eq)$/
const digestKey = /^(?:sha256|crc32|hash|previousHash|correlationId|validator)$/

export function createRedactor(): Redactor {
  const learned = new Map<string, readonly Spelling[]>()
  let known: RegExp | null = null

  function learn(...secrets: readonly string[]): void {
    const fresh = secrets.filter(secret => !learned.has(secret))
    if (fresh.length === 0) return
    for (const secret of fresh) learned.set(secret, spellingsOf(secret))
    // Longest first: a secret that begins with another one must not leave its tail.
    const all = [...learned.values()].flat().sort((a, b) => b.length - a.length)
    known = all.length === 0 ? null : new RegExp(all.map(({ pattern }) => pattern).join('|'), 'giu')
  }

  function text(raw: string): string {
    const unknown = known === null ? raw : raw.replace(known, mask)
    return shapes.reduce(
      (masked, { pattern, by }) =>
        typeof by === 'string' ? masked.replace(pattern, by) : masked.replace(pattern, by),
      unknown,
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
    if (isSecretKey(key)) return mask
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
    if (isSecretKey(key)) return mask
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

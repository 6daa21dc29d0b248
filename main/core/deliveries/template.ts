import type { ErrorFacts } from '../../../preload/contract/errors.ts'
import { AppError } from '../errors.ts'
import type { Instant } from '../time.ts'
import { plainPath, safeSegment } from './safe-names.ts'

/**
 * Name templates: `{definition}/{start:yyyy-MM@Europe/Berlin}_{original}{ext}`. A slash begins a sub-folder.
 * What the template itself says must be holdable by every system, or it is refused; what a token brings is made so.
 */
export type Template = {
  readonly parts: readonly Part[]
  /** It can name several files of one job. */
  readonly namesMany: boolean
}

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly token: ValueToken }
  | {
      readonly kind: 'time'
      readonly token: TimeToken
      readonly format: readonly string[]
      readonly zone: string
    }

const valueTokens = ['system', 'connection', 'definition', 'jobId', 'original', 'ext', 'n'] as const
type ValueToken = (typeof valueTokens)[number]
const timeTokens = ['start', 'end'] as const
type TimeToken = (typeof timeTokens)[number]

export type TemplateValues = {
  readonly system: string
  readonly connection: string
  readonly definition: string
  readonly jobId: string
  /** Without its extension; may have folders. */
  readonly original: string
  /** With its dot, or empty. */
  readonly ext: string
  /** Counts the files of a job from 1. */
  readonly n: number
  readonly start: Instant | null
  readonly end: Instant | null
}

/** The default: the server's own name. */
export const defaultTemplate = '{original}{ext}'

const invalid = (name: string, reason: string, facts: ErrorFacts = {}) =>
  new AppError('name-invalid', { facts: { name, reason, ...facts } })

/** Throws `name-invalid` where the template has an unknown token, a format or zone that is none, or a bad character. */
export function parseTemplate(template: string): Template {
  const parts = [...template.matchAll(/\{([^{}]*)\}|([^{}]+)|([{}])/g)].map(([whole, inner, text]): Part => {
    if (inner !== undefined) return tokenOf(inner)
    if (text !== undefined) return { kind: 'text', text }
    throw invalid(whole, 'brace')
  })
  if (parts.length === 0) throw invalid(template, 'empty')
  if (template.startsWith('/')) throw invalid(template, 'absolute')
  for (const part of parts) if (part.kind === 'text') refuseUnholdable(part.text)
  const namesMany = parts.some(
    part => part.kind === 'value' && (part.token === 'original' || part.token === 'n'),
  )
  return { parts, namesMany }
}

function refuseUnholdable(text: string): void {
  const bad = /[\p{Cc}<>:"|?*\\]/u.exec(text)?.[0]
  if (bad !== undefined) throw invalid(text, `character ${JSON.stringify(bad)}`, { character: bad })
}

function tokenOf(inner: string): Part {
  const value = valueTokens.find(token => token === inner)
  if (value) return { kind: 'value', token: value }
  const [, name, format = 'yyyy-MM-dd', zone = 'UTC'] = /^(\w+)(?::([^@]*))?(?:@(.+))?$/.exec(inner) ?? []
  const token = timeTokens.find(time => time === name)
  if (!token) throw invalid(`{${inner}}`, 'token')
  return { kind: 'time', token, format: formatOf(format), zone: zoneOf(zone) }
}

/** yyyy MM dd HH mm ss, the letters T and Z, and what is no letter. */
function formatOf(format: string): readonly string[] {
  const pieces = format.match(/yyyy|MM|dd|HH|mm|ss|[TZ]|[^\p{L}]/gu) ?? []
  if (pieces.length === 0 || pieces.join('') !== format) throw invalid(format, 'time format')
  refuseUnholdable(format)
  return pieces
}

function zoneOf(zone: string): string {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    throw invalid(zone, 'time zone')
  }
}

export type Expanded = {
  /** Below the destination, with `/` between folders; every system can hold it. */
  readonly path: string
  /** What the name would be if every system could hold anything. */
  readonly wanted: string
}

/**
 * The path below the destination that a template gives a file. Throws `name-invalid` where a time is wanted that the
 * system never told, or where nothing is left of a name.
 */
export function expand(template: Template, values: TemplateValues): Expanded {
  const wanted = template.parts.map(part => textOf(part, values)).join('')
  const segments = wanted.split('/')
  if (segments.some(segment => segment.trim() === '' || segment === '.' || segment === '..')) {
    throw invalid(wanted, 'empty part')
  }
  return { path: segments.map(safeSegment).join('/'), wanted }
}

function textOf(part: Part, values: TemplateValues): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'value':
      if (part.token === 'n') return String(values.n)
      if (part.token === 'original') return plainPath(values.original)
      return values[part.token].replace(/[/\\]/g, '_')
    case 'time': {
      const at = values[part.token]
      if (at === null) throw invalid(`{${part.token}}`, 'the system gave no such time')
      return timeText(at, part.format, part.zone)
    }
  }
}

function timeText(at: Instant, format: readonly string[], zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find(part => part.type === type)?.value ?? ''
  const fields: Readonly<Record<string, string>> = {
    yyyy: of('year').padStart(4, '0'),
    MM: of('month'),
    dd: of('day'),
    HH: of('hour'),
    mm: of('minute').padStart(2, '0'),
    ss: of('second').padStart(2, '0'),
  }
  return format.map(piece => fields[piece] ?? piece).join('')
}

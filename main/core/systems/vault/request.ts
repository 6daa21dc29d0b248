/** Definitions as we keep them: what somebody wrote, checked strictly (cli.md, Request files). Pure. */
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { KeptRequest } from '../system.ts'
import { readTime } from './times.ts'
import { extractTypes, type Kept, periods, type VaultRequest } from './types.ts'

/** A vault's ids are numbers; the documents write them as text. */
const id = z
  .union([z.string(), z.int().nonnegative()])
  .transform(given => String(given).trim())
  .refine(text => /^[1-9]\d{0,17}$/.test(text))
const version = z
  .union([z.string(), z.int().nonnegative()])
  .transform(given => String(given).trim())
  .refine(text => /^\d{1,9}$/.test(text))
const name = z.string().regex(/^\w{1,128}$/)
const text = z.string().trim().min(1).max(50_000)
const time = z.string().transform((written, context) => {
  const at = readTime(written.trim(), false)?.at ?? null
  if (at !== null) return `${new Date(at).toISOString().slice(0, 19)}Z`
  context.addIssue({ code: 'custom', message: 'time' })
  return z.NEVER
})

const shape = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('documents'),
    documents: z.array(z.strictObject({ id })).min(1).max(100_000).exactOptional(),
    query: text.regex(/^select\s[\s\S]*\sfrom\s/i).exactOptional(),
    source: z.boolean().default(true),
    renditions: z.boolean().default(false),
    allversions: z.boolean().default(false),
    text: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('versions'),
    // Vault takes 10,000 at once.
    versions: z
      .array(z.strictObject({ id, major: version, minor: version }))
      .min(1)
      .max(10_000),
  }),
  z.strictObject({ kind: z.literal('binder'), binder: id }),
  z.strictObject({
    kind: z.literal('direct-data'),
    extractType: z.enum(extractTypes),
    startTime: time.exactOptional(),
    stopTime: time.exactOptional(),
    period: z.enum(periods).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('loader'),
    // Vault takes 10 at once.
    objects: z
      .array(
        z.strictObject({ object: name, fields: z.array(text).min(1).max(1000), where: text.exactOptional() }),
      )
      .min(1)
      .max(10),
  }),
  z.strictObject({ kind: z.literal('job'), jobId: id }),
])

/**
 * A request that somebody wrote. Throws `bad-input` at the first key that is not known, of the wrong type, or does not
 * go with the others: `field` is its path, as in `objects[0].fields`.
 */
export function readRequest(request: unknown): Kept {
  const read = shape.safeParse(request)
  if (!read.success) throw badInput(fieldOf(read.error))
  const clash = clashIn(read.data)
  if (clash !== null) throw badInput(clash)
  return read.data
}

/** Ours as it was saved; null for jobs that belong to no definition. It was checked then. */
export const savedRequest = (request: KeptRequest | null): VaultRequest | null =>
  request === null ? null : readRequest(request)

function clashIn(request: VaultRequest): string | null {
  if (request.kind === 'documents') {
    const { documents, query, source, renditions, text: texts } = request
    if ((documents === undefined) === (query === undefined)) return documents ? 'query' : 'documents'
    return source || renditions || texts ? null : 'source'
  }
  if (request.kind !== 'direct-data') return null
  const { startTime, stopTime, period } = request
  if (period !== undefined && (startTime !== undefined || stopTime !== undefined)) return 'period'
  return startTime !== undefined && stopTime !== undefined && startTime >= stopTime ? 'stopTime' : null
}

const badInput = (field: string) => new AppError('bad-input', { facts: { field, sent: false } })

function fieldOf({ issues }: z.ZodError): string {
  const [issue] = issues
  const path =
    issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : (issue?.path ?? [])
  const written = path.reduce<string>((so, key) => {
    if (typeof key === 'number') return `${so}[${key}]`
    return so === '' ? String(key) : `${so}.${String(key)}`
  }, '')
  return written || 'request'
}

import { z } from 'zod'
import { errorCodes } from '../../../preload/contract/errors.ts'
import { conflictPolicies, nameCodePages } from '../../../preload/contract/words.ts'
import { type Instant, instantAt } from '../../core/time.ts'

/** Schemas of the columns that several tables share. */

export const flag = z.union([z.literal(0), z.literal(1)]).transform(value => value === 1)
export const instant = z.int().transform((value): Instant => instantAt(value))

/** A column that holds JSON of this shape. */
export const jsonOf = <T>(schema: z.ZodType<T>) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)

export const systemTime = z.object({
  raw: z.string(),
  at: instant.nullable(),
  zoneAssumed: z.boolean(),
})

/** Rows of earlier versions lack what has a default here. */
export const destination = z.object({
  folder: z.string(),
  name: z.string(),
  onConflict: z.enum(conflictPolicies),
  unzip: z.boolean(),
  keepArchive: z.boolean(),
  archiveNames: z.enum(nameCodePages).default('standard'),
  allowEmpty: z.boolean(),
  acceptFewerRows: z.boolean().default(false),
  marker: z.string().nullable(),
})

export const errorView = z
  .object({
    code: z.enum(errorCodes),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    said: z.string().optional(),
    correlationId: z.string().optional(),
  })
  .transform(({ said, correlationId, ...view }) => ({
    ...view,
    ...(said === undefined ? {} : { said }),
    ...(correlationId === undefined ? {} : { correlationId }),
  }))

/** What was asked of a system, as a receipt has it. */
export const exchangeProofs = z.object({
  version: z.literal(1),
  recorded: z.array(
    z.object({
      method: z.string(),
      requestSha256: z.string(),
      requestHeaders: z.array(z.string()),
      answer: z.object({ status: z.int(), sha256: z.string(), headers: z.array(z.string()) }).nullable(),
    }),
  ),
  more: z.int(),
})

/** A finding as a receipt has it; one of a newer version may have a code that is not known here. */
export const storedFinding = z.object({
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** For a column that may be empty: null stays null. */
export const jsonOrNull = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

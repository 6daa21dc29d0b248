import { z } from 'zod'
import { missedPolicies, mostHolidays } from '../../../preload/contract/schedules.ts'
import {
  authKinds,
  conflictPolicies,
  connectionMarks,
  nameCodePages,
  systemNames,
} from '../../../preload/contract/words.ts'
import { AppError } from '../errors.ts'

/**
 * The file that settings are carried in from one profile to another: connections, definitions with their destinations,
 * and schedules. No secrets, no ids of ours: what belongs together is named by its names and the server's ids.
 */
export const settingsFormat = 'extract-desk-settings'
export const settingsVersion = 1

const name = z.string().min(1).max(200)
const path = z.string().min(1).max(4096)
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const connection = z.strictObject({
  name,
  system: z.enum(systemNames),
  url: z.string().min(1).max(2048),
  mark: z.enum(connectionMarks),
  auth: z.enum(authKinds),
  outputMaps: z.array(z.strictObject({ server: path, local: path })).max(50),
  certificateSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
})

const destination = z.strictObject({
  folder: path,
  name: z.string().min(1).max(1024),
  onConflict: z.enum(conflictPolicies),
  unzip: z.boolean(),
  keepArchive: z.boolean(),
  archiveNames: z.enum(nameCodePages),
  allowEmpty: z.boolean(),
  acceptFewerRows: z.boolean(),
  marker: z.string().min(1).max(1024).nullable(),
})

/** A definition's connection and name, and the server's id where the server keeps it. */
const reference = { connection: name, name, remoteId: z.string().min(1).max(500).nullable() }

const definition = z.strictObject({
  ...reference,
  /** Where we keep it; its system checks what is in it. */
  request: z.record(z.string().min(1).max(100), z.unknown()).nullable(),
  destination: destination.nullable(),
  watch: z.boolean(),
})

const recurrence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('daily'), time, days: z.enum(['all', 'working']) }),
  z.strictObject({
    kind: z.literal('weekly'),
    time,
    weekdays: z.array(z.literal([1, 2, 3, 4, 5, 6, 7])).min(1),
  }),
  z.strictObject({
    kind: z.literal('monthly-day'),
    time,
    day: z.int().min(1).max(31),
    dayOff: z.enum(['keep', 'before', 'after']),
  }),
  z.strictObject({ kind: z.literal('monthly-working-day'), time, nth: z.int().min(-23).max(23) }),
  z.strictObject({ kind: z.literal('cron'), expression: z.string().min(1).max(200) }),
])

const schedule = z.strictObject({
  name,
  definitions: z.array(z.strictObject(reference)).min(1).max(1000),
  timetable: z.strictObject({
    recurrence,
    zone: z.string().min(1).max(100),
    holidays: z.array(z.strictObject({ date: z.iso.date(), name: z.string().max(200) })).max(mostHolidays),
    skipHolidays: z.boolean(),
  }),
  missed: z.enum(missedPolicies),
  paused: z.boolean(),
})

const settingsFile = z.strictObject({
  format: z.literal(settingsFormat),
  version: z.literal(settingsVersion),
  connections: z.array(connection).max(1000),
  definitions: z.array(definition).max(10_000),
  schedules: z.array(schedule).max(1000),
})

export type SettingsFile = z.infer<typeof settingsFile>
export type FileDefinition = SettingsFile['definitions'][number]
export type DefinitionReference = Pick<FileDefinition, 'connection' | 'name' | 'remoteId'>

/**
 * What a file holds, held against the format strictly: an unknown key is refused too, since what it was meant to say
 * would be lost in silence. Throws `bad-input` with the field that is wrong; its reason is `newer` for a file of a
 * later version.
 */
export function readSettingsFile(value: unknown): SettingsFile {
  const version = z.object({ format: z.literal(settingsFormat), version: z.int() }).safeParse(value)
  if (version.success && version.data.version > settingsVersion) {
    throw new AppError('bad-input', { facts: { field: 'version', reason: 'newer' } })
  }
  const read = settingsFile.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const field = [...(issue?.path ?? []), ...keys.slice(0, 1)].join('.')
  throw new AppError('bad-input', { facts: { field: field || 'format' } })
}

/**
 * What main accepts from the window, call by call: the arguments as a tuple, every text bounded, nothing unknown.
 * A call without a schema, or a schema that gives another type than the call takes, does not compile. Only main
 * imports this file: the window has no use for zod.
 */
import { z } from 'zod'
import type { Calls } from './bridge.ts'
import { findingCodes, findingMarks } from './checks.ts'
import { mostRowsAsked } from './inside.ts'
import { missedPolicies, mostHolidays, weekdays } from './schedules.ts'
import { bundleParts } from './support.ts'
import {
  authKinds,
  conflictPolicies,
  connectionMarks,
  mostExported,
  nameCodePages,
  practiceScenarios,
  systemNames,
} from './words.ts'

const id = z.string().min(1).max(200)
const name = z.string().trim().min(1).max(200)
const url = z.string().min(1).max(2048)
const path = z.string().min(1).max(4096)
/** A refresh token of Concur has some 40 characters, a JSON web token a few thousand. */
const secrets = z
  .record(z.string().min(1).max(100), z.string().max(16_384))
  .refine(bundle => Object.keys(bundle).length <= 16)
const keep = z.enum(['keychain', 'session'])
const template = z.string().min(1).max(500)

const outputMaps = z.array(z.strictObject({ server: path, local: path })).max(50)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const newConnection = z.strictObject({
  name,
  system: z.enum(systemNames),
  url,
  mark: z.enum(connectionMarks),
  auth: z.enum(authKinds),
  secrets,
  keep,
  outputMaps: outputMaps.exactOptional(),
  certificateSha256: sha256.exactOptional(),
})

/** What is in a request is checked by its system; here it is bounded alone. */
const newDefinition = z.strictObject({
  name,
  request: z
    .record(z.string().min(1).max(100), z.unknown())
    .refine(request => JSON.stringify(request).length <= 500_000),
})
const remoteId = z.string().min(1).max(500)

const destination = z.strictObject({
  folder: path,
  name: template,
  onConflict: z.enum(conflictPolicies),
  unzip: z.boolean(),
  keepArchive: z.boolean(),
  archiveNames: z.enum(nameCodePages),
  allowEmpty: z.boolean(),
  acceptFewerRows: z.boolean(),
  marker: template.nullable(),
})

const proxy = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('system') }),
  z.strictObject({ mode: z.literal('direct') }),
  z.strictObject({ mode: z.literal('pac'), url }),
  z.strictObject({
    mode: z.literal('fixed'),
    server: z.string().min(1).max(500),
    bypass: z.string().max(2000),
  }),
])

const keptDays = z.int().min(0).max(3650)

/** `exactOptional`: a key is there with a value, or is not there; undefined never means "set it to nothing". */
const settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).exactOptional(),
  density: z.enum(['normal', 'compact']).exactOptional(),
  notifications: z.enum(['off', 'problems', 'all']).exactOptional(),
  closeToTray: z.boolean().exactOptional(),
  startAtLogin: z.boolean().exactOptional(),
  questionMarkKey: z.boolean().exactOptional(),
  defaultFolder: path.nullable().exactOptional(),
  defaultName: template.exactOptional(),
  keepAnswersDays: keptDays.exactOptional(),
  keepLogsDays: keptDays.exactOptional(),
  keepReplacedDays: keptDays.exactOptional(),
  keepRefusedDays: keptDays.exactOptional(),
  againHours: z.number().int().min(0).max(720).exactOptional(),
  archiveFactor: z.number().int().min(1).max(100).exactOptional(),
  paused: z.boolean().exactOptional(),
  pauseOnMetered: z.boolean().exactOptional(),
  proxy: proxy.exactOptional(),
})

const query = z.strictObject({
  text: z.string().max(500),
  connectionId: id.nullable(),
  outcome: z.enum(['any', 'delivered', 'trouble', 'not-saved']),
  since: z.number().int().nonnegative().nullable(),
  passedBy: z.literal('hidden').exactOptional(),
  reviewed: z.enum(['yes', 'no']).exactOptional(),
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
})

const settled = z.union([z.literal('not-started'), z.strictObject({ remoteId })])

/** More than one receipt fits into an archive alone. */
const exported = z
  .tuple([z.array(id).min(1).max(mostExported), z.enum(['json', 'pdf', 'zip'])])
  .refine(([ids, format]) => format === 'zip' || ids.length === 1)

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const recurrence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('daily'), time, days: z.enum(['all', 'working']) }),
  z.strictObject({ kind: z.literal('weekly'), time, weekdays: z.array(z.literal(weekdays)).min(1).max(7) }),
  z.strictObject({
    kind: z.literal('monthly-day'),
    time,
    day: z.int().min(1).max(31),
    dayOff: z.enum(['keep', 'before', 'after']),
  }),
  z.strictObject({
    kind: z.literal('monthly-working-day'),
    time,
    nth: z
      .int()
      .min(-10)
      .max(10)
      .refine(nth => nth !== 0),
  }),
  z.strictObject({ kind: z.literal('cron'), expression: z.string().trim().min(1).max(200) }),
])
const timetable = z.strictObject({
  recurrence,
  zone: z.string().min(1).max(100),
  holidays: z
    .array(z.strictObject({ date: z.string().regex(/^\d{4}-\d\d-\d\d$/), name: z.string().max(100) }))
    .max(mostHolidays),
  skipHolidays: z.boolean(),
})
const schedule = z.strictObject({
  id: id.nullable(),
  name,
  definitionIds: z.array(id).min(1).max(100),
  timetable,
  missed: z.enum(missedPolicies),
})
const instant = z.int().nonnegative()

const column = z.int().min(1).max(100_000)
const someColumns = z.array(column).max(20_000)
const position = z.int().nonnegative()
const insideTarget = z.strictObject({
  receiptId: id,
  fileIndex: z.int().nonnegative().max(100_000),
  entry: path.nullable(),
})
const insideRange = z.strictObject({
  from: position,
  count: z.int().min(1).max(mostRowsAsked),
  columns: someColumns,
})
const insideFind = z.strictObject({
  text: z.string().min(1).max(1000),
  column: column.nullable(),
  from: position,
  direction: z.enum(['down', 'up']),
})
const insideCondition = z.strictObject({
  column,
  is: z.enum(['equal', 'containing', 'empty', 'filled']),
  text: z.string().max(1000),
})

const bundlePart = z.enum(bundleParts)
const none = z.tuple([])
const oneId = z.tuple([id])

export const schemas = {
  connections: {
    add: z.tuple([newConnection]),
    test: oneId,
    signIn: z.tuple([id, secrets, keep]),
    remove: oneId,
    mapFolders: z.tuple([id, outputMaps]),
    pin: z.tuple([id, sha256.nullable()]),
    practise: none,
  },
  practice: { scenario: oneId, choose: z.tuple([id, z.enum(practiceScenarios)]) },
  definitions: {
    refresh: oneId,
    jobs: oneId,
    add: z.tuple([id, newDefinition]),
    change: z.tuple([id, newDefinition]),
    remove: oneId,
    restore: oneId,
    favourite: z.tuple([id, z.boolean()]),
    chooseFile: none,
    saveDestination: z.tuple([id, destination]),
    watch: z.tuple([id, z.boolean()]),
    dryRun: z.tuple([destination, id]),
    tryFolder: z.tuple([path, id]),
  },
  jobs: {
    plan: oneId,
    run: z.tuple([id, z.boolean()]),
    settle: z.tuple([id, settled]),
    deliver: z.tuple([id, z.boolean()]),
    cancel: oneId,
    listed: oneId,
    track: z.tuple([id, remoteId]),
    requestOf: oneId,
  },
  doctor: { examine: oneId, stop: oneId, last: oneId, save: oneId },
  support: {
    begin: none,
    collect: z.tuple([id, bundlePart]),
    read: z.tuple([id, bundlePart, z.int().nonnegative()]),
    save: oneId,
    leave: oneId,
  },
  deliveries: { retry: oneId, cancel: oneId },
  checks: {
    trend: oneId,
    ofReceipt: oneId,
    mark: z.tuple([id, z.enum(findingCodes), z.enum(findingMarks)]),
  },
  receipts: {
    show: oneId,
    verify: oneId,
    showInFolder: z.tuple([id, z.number().int().nonnegative().max(100_000)]),
    review: oneId,
    checkChain: none,
    save: exported,
  },
  inside: {
    open: z.tuple([insideTarget, id]),
    close: oneId,
    cancel: oneId,
    index: z.tuple([id, someColumns, id]),
    rows: z.tuple([id, insideRange]),
    cell: z.tuple([id, z.int().min(1), column]),
    find: z.tuple([id, insideFind, id]),
    filter: z.tuple([id, z.array(insideCondition).max(50), id]),
    values: z.tuple([id, column, id]),
    addUp: z.tuple([id, someColumns, id]),
    show: z.tuple([id, someColumns]),
    saveCopy: z.tuple([id, someColumns, id]),
    showCopy: oneId,
  },
  schedules: {
    save: z.tuple([schedule]),
    remove: oneId,
    restore: oneId,
    pause: z.tuple([id, z.boolean()]),
    answer: z.tuple([id, instant, z.enum(['run', 'leave'])]),
    preview: z.tuple([timetable]),
    ledger: oneId,
    chooseHolidays: none,
  },
  history: { search: z.tuple([query]) },
  settings: {
    change: z.tuple([settings]),
    proxySignIn: z.tuple([z.string().min(1).max(256), z.string().min(1).max(1024)]),
    chooseFolder: none,
    showLogs: none,
    exportFile: none,
    chooseImport: none,
    importChosen: none,
  },
  updates: { check: none, restart: none, later: none },
  app: { snapshot: none, ready: none, unsaved: z.tuple([z.boolean()]) },
} satisfies {
  readonly [D in keyof Calls]: {
    readonly [C in keyof Calls[D]]: Calls[D][C] extends (...args: infer A) => unknown ? z.ZodType<A> : never
  }
}

import { cli as text } from '../../preload/contract/text/cli.ts'
import type { CommandSpec } from './command.ts'
import { usage } from './failure.ts'
import type { OptionName, Words } from './words.ts'

const everywhere: readonly OptionName[] = ['help', 'json', 'quiet', 'profile']
const secrets: readonly OptionName[] = ['secrets', 'secrets-for-this-run']
const thisRun: readonly OptionName[] = ['secrets-for-this-run']
const delivery: readonly OptionName[] = [
  'to',
  'timeout',
  'name',
  'on-conflict',
  'keep-archive',
  'no-unzip',
  'marker',
  'allow-empty',
]

type Takes = Partial<Omit<CommandSpec, 'name' | 'load'>>
const spec = (name: string, takes: Takes, load: CommandSpec['load']): CommandSpec => ({
  name,
  positional: null,
  required: [],
  optional: [],
  oneOf: [],
  untilSignal: false,
  ...takes,
  load,
})
const one = (word: string) => ({ word, least: 1, most: 1 }) as const

/** Every command, and what it takes. Its code is loaded when it is called. */
const specs: readonly CommandSpec[] = [
  spec(
    'connection add',
    {
      required: ['name', 'system', 'url'],
      optional: ['mark', 'auth', 'output-map', 'certificate-sha256'],
      oneOf: [secrets],
    },
    async () => (await import('./connection.ts')).add,
  ),
  spec('connection list', {}, async () => (await import('./connection.ts')).list),
  spec(
    'connection test',
    { positional: one('NAME'), optional: thisRun },
    async () => (await import('./connection.ts')).test,
  ),
  spec(
    'connection sign-in',
    { positional: one('NAME'), oneOf: [secrets] },
    async () => (await import('./connection.ts')).signIn,
  ),
  spec(
    'connection remove',
    { positional: one('NAME') },
    async () => (await import('./connection.ts')).remove,
  ),
  spec(
    'definition list',
    { required: ['connection'], optional: thisRun },
    async () => (await import('./definition.ts')).list,
  ),
  spec(
    'definition show',
    { required: ['connection', 'definition'], optional: thisRun },
    async () => (await import('./definition.ts')).show,
  ),
  spec(
    'definition add',
    { required: ['connection', 'name', 'file'] },
    async () => (await import('./definition.ts')).add,
  ),
  spec(
    'definition remove',
    { required: ['connection', 'definition'] },
    async () => (await import('./definition.ts')).remove,
  ),
  spec(
    'job list',
    { required: ['connection'], optional: ['definition', ...thisRun] },
    async () => (await import('./job.ts')).list,
  ),
  spec(
    'job show',
    { required: ['connection', 'job'], optional: thisRun },
    async () => (await import('./job.ts')).show,
  ),
  spec(
    'job start',
    { required: ['connection', 'definition'], optional: ['again', ...thisRun] },
    async () => (await import('./job.ts')).start,
  ),
  spec(
    'job cancel',
    { required: ['connection', 'job'], optional: thisRun },
    async () => (await import('./job.ts')).cancel,
  ),
  spec(
    'job settle',
    { required: ['connection', 'definition'], optional: thisRun, oneOf: [['job', 'not-started']] },
    async () => (await import('./job.ts')).settle,
  ),
  spec(
    'deliver',
    { required: ['connection', 'job'], optional: ['again', ...delivery, ...thisRun] },
    async () => (await import('./deliver.ts')).deliver,
  ),
  spec(
    'run',
    { required: ['connection', 'definition'], optional: ['again', ...delivery, ...thisRun] },
    async () => (await import('./run.ts')).run,
  ),
  spec('schedule list', {}, async () => (await import('./schedule.ts')).list),
  spec('schedule run-due', {}, async () => (await import('./schedule.ts')).runDue),
  spec(
    'history list',
    { optional: ['search', 'since', 'limit'] },
    async () => (await import('./history.ts')).list,
  ),
  spec('history show', { positional: one('RECEIPT') }, async () => (await import('./history.ts')).show),
  spec(
    'verify',
    { positional: { word: 'RECEIPT', least: 0, most: 1_000 } },
    async () => (await import('./verify.ts')).verify,
  ),
  spec('settings export', { positional: one('FILE') }, async () => (await import('./settings.ts')).exportTo),
  spec(
    'settings import',
    { positional: one('FILE') },
    async () => (await import('./settings.ts')).importFrom,
  ),
  spec(
    'practice',
    { optional: ['port', 'scenario', 'seed', 'state'], untilSignal: true },
    async () => (await import('./practice.ts')).practice,
  ),
]

export const commandNames: readonly string[] = specs.map(({ name }) => name)

/** The command that words begin with, and what stands behind its name. Null where none is named. */
export function commandOf({ positionals }: Pick<Words, 'positionals'>): {
  readonly spec: CommandSpec
  readonly rest: readonly string[]
} | null {
  for (const length of [2, 1]) {
    const name = positionals.slice(0, length).join(' ')
    const found = specs.find(one => one.name === name && one.name.split(' ').length === length)
    if (found) return { spec: found, rest: positionals.slice(length) }
  }
  return null
}

/** Holds words against what their command takes. Throws what ends with exit 2. */
export function checkWords(spec: CommandSpec, rest: readonly string[], words: Words): void {
  const { positional, required, optional, oneOf } = spec
  const may = new Set<OptionName>([...everywhere, ...required, ...optional, ...oneOf.flat()])
  for (const name of words.given) if (!may.has(name)) throw usage(text.usage.notHere(`--${name}`, spec.name))
  for (const name of required) if (!words.given.has(name)) throw usage(text.usage.optionMissing(`--${name}`))
  for (const names of oneOf) {
    if (names.filter(name => words.given.has(name)).length !== 1) {
      throw usage(text.usage.oneOf(names.map(name => `--${name}`)))
    }
  }
  if (positional !== null && rest.length < positional.least)
    throw usage(text.usage.wordMissing(positional.word))
  const extra = rest[positional?.most ?? 0]
  if (extra !== undefined) throw usage(text.usage.tooMany(extra))
}

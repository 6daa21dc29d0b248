import { parseArgs } from 'node:util'
import { cli as text } from '../../preload/contract/text/cli.ts'
import { usage } from './failure.ts'

/**
 * Every option of every command. One name means one thing wherever it stands, so that words can be read before it is
 * known which command they belong to: `extract-desk --profile DIR run …` is as good as `extract-desk run … --profile DIR`.
 */
const optionKinds = {
  help: 'flag',
  json: 'flag',
  quiet: 'flag',
  profile: 'text',
  name: 'text',
  system: 'text',
  url: 'text',
  mark: 'text',
  auth: 'text',
  'output-map': 'list',
  'certificate-sha256': 'text',
  secrets: 'text',
  'secrets-for-this-run': 'text',
  connection: 'text',
  definition: 'text',
  file: 'text',
  job: 'text',
  'not-started': 'flag',
  again: 'flag',
  to: 'text',
  timeout: 'text',
  'on-conflict': 'text',
  'keep-archive': 'flag',
  'no-unzip': 'flag',
  marker: 'text',
  'allow-empty': 'flag',
  search: 'text',
  since: 'text',
  limit: 'text',
  port: 'text',
  scenario: 'text',
  seed: 'text',
  state: 'text',
} as const satisfies Record<string, 'flag' | 'text' | 'list'>

export type OptionName = keyof typeof optionKinds
type OfKind<K extends string> = {
  [N in OptionName]: (typeof optionKinds)[N] extends K ? N : never
}[OptionName]
export type TextOption = OfKind<'text'>
export type FlagOption = OfKind<'flag'>

/** What stands behind `extract-desk`, read but not yet held against a command. */
export type Words = {
  readonly positionals: readonly string[]
  readonly given: ReadonlySet<OptionName>
  /** The value of an option; null where it was left out. */
  readonly text: (name: TextOption) => string | null
  readonly has: (name: FlagOption) => boolean
  readonly outputMaps: readonly string[]
}

const isOption = (name: string): name is OptionName => Object.hasOwn(optionKinds, name)

/** Reads words. Throws what ends with exit 2 for an unknown option, a missing value, and one that stands twice. */
export function readWords(args: readonly string[]): Words {
  const { tokens } = parseArgs({ args: [...args], options: parseOptions, strict: false, tokens: true })
  const positionals: string[] = []
  const texts = new Map<OptionName, string>()
  const given = new Set<OptionName>()
  const outputMaps: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const { name, value, rawName } = token
    if (!isOption(name) || !rawName.startsWith('--')) throw usage(text.usage.unknownOption(rawName))
    const kind = optionKinds[name]
    if (kind === 'flag') {
      if (value !== undefined) throw usage(text.usage.flagWithValue(rawName))
    } else {
      // What looks like the next option is one: a name or a folder was forgotten.
      if (value === undefined || (value.startsWith('--') && token.inlineValue !== true)) {
        throw usage(text.usage.valueMissing(rawName))
      }
      if (kind === 'list') outputMaps.push(value)
      else if (texts.has(name)) throw usage(text.usage.twice(rawName))
      else texts.set(name, value)
    }
    given.add(name)
  }
  return {
    positionals,
    given,
    outputMaps,
    text: name => texts.get(name) ?? null,
    has: name => given.has(name),
  }
}

const parseOptions = Object.fromEntries(
  Object.entries(optionKinds).map(([name, kind]) => [
    name,
    { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: true },
  ]),
)

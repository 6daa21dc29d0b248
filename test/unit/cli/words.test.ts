import { describe, expect, it } from 'vitest'
import { checkWords, commandNames, commandOf } from '../../../main/cli/commands.ts'
import { readDuration } from '../../../main/cli/durations.ts'
import { CommandFailed } from '../../../main/cli/failure.ts'
import { since, wholeNumber } from '../../../main/cli/values.ts'
import { readWords } from '../../../main/cli/words.ts'
import { cli as text } from '../../../preload/contract/text/cli.ts'
import { call } from './call.ts'

const said = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof CommandFailed) return `${error.exit}: ${error.message}`
    throw error
  }
  return 'nothing'
}

/** What a whole line of words comes to before anything is opened. */
const checked = (...args: string[]): string =>
  said(() => {
    const words = readWords(args)
    const command = commandOf(words)
    if (command) checkWords(command.spec, command.rest, words)
  })

describe('words', () => {
  it('are read wherever the options stand', () => {
    const words = readWords(['--profile', '/p', 'job', '--json', 'start', '--connection=Acme', '--again'])
    expect(words.positionals).toEqual(['job', 'start'])
    expect(words.text('profile')).toBe('/p')
    expect(words.text('connection')).toBe('Acme')
    expect(words.has('again') && words.has('json')).toBe(true)
    expect(words.text('to')).toBeNull()
  })

  it('may be a dash, a blank, or begin with one dash', () => {
    const words = readWords(['x', '--secrets', '-', '--name', '', '--search', '-1250'])
    expect([words.text('secrets'), words.text('name'), words.text('search')]).toEqual(['-', '', '-1250'])
  })

  it('name several output maps', () => {
    const words = readWords(['--output-map', 'a=b', '--output-map', '\\\\srv\\x=/mnt/x=y'])
    expect(words.outputMaps).toEqual(['a=b', '\\\\srv\\x=/mnt/x=y'])
  })

  it.each([
    [['run', '--bogus'], '2: There is no option --bogus.'],
    [['run', '-x'], '2: There is no option -x.'],
    [['run', '--to'], '2: --to needs a value.'],
    [['run', '--to', '--json'], '2: --to needs a value.'],
    [['run', '--again=yes'], '2: --again takes no value.'],
    [['run', '--to', 'a', '--to', 'b'], '2: --to stands there twice.'],
  ])('refuse %j', (args, message) => {
    expect(said(() => readWords(args))).toBe(message)
  })

  it('are held against their command', () => {
    expect(checked('run', '--connection', 'a', '--definition', 'd', '--to', '/x')).toBe('nothing')
    expect(checked('run', '--connection', 'a')).toBe('2: --definition is missing.')
    expect(checked('connection', 'list', '--again')).toBe('2: connection list takes no --again.')
    expect(checked('connection', 'test')).toBe('2: NAME is missing.')
    expect(checked('connection', 'test', 'a', 'b')).toBe('2: “b” is one word too many.')
    expect(checked('verify')).toBe('nothing')
    const settle = ['job', 'settle', '--connection', 'a', '--definition', 'd']
    const oneOf = '2: One of --job, --not-started is needed, and not more than one.'
    expect(checked(...settle)).toBe(oneOf)
    expect(checked(...settle, '--job', '1', '--not-started')).toBe(oneOf)
    expect(checked(...settle, '--not-started')).toBe('nothing')
    const add = ['connection', 'add', '--name', 'n', '--system', 'concur', '--url', 'u']
    expect(checked(...add, '--secrets', '-', '--secrets-for-this-run', '-')).toContain(
      '--secrets-for-this-run',
    )
  })
})

describe('help', () => {
  it('has every command, and no other', async () => {
    for (const name of commandNames) expect(text.commandHelp(name), name).not.toBeNull()
    expect(text.commandLines).toHaveLength(commandNames.length)
    const { exit, out } = await call(['--help'])
    expect(exit).toBe(0)
    for (const name of commandNames) expect(out).toContain(`  ${name}`)
  })

  it.each(commandNames)('of %s names the options that it needs', async name => {
    const { exit, out } = await call([...name.split(' '), '--help'])
    expect(exit).toBe(0)
    const found = commandOf({ positionals: name.split(' ') })
    const needed = [...(found?.spec.required ?? []), ...(found?.spec.oneOf.flat() ?? [])]
    for (const option of needed) expect(out).toContain(`--${option}`)
  })

  it('is one document with --json', async () => {
    expect((await call(['run', '--help', '--json'])).json).toHaveProperty('help')
  })
})

describe('values', () => {
  it('of time are a whole number and a unit', () => {
    expect(['90s', '15m', '2h', '1d'].map(readDuration)).toEqual([90_000, 900_000, 7_200_000, 86_400_000])
    expect(['', '90', '0s', '-1s', '1.5h', '2 h', '1w', '9999999s'].map(readDuration)).toEqual(
      Array.from({ length: 8 }, () => null),
    )
  })

  it('of days begin at midnight here; others name their zone', () => {
    const read = (value: string) => since(readWords(['--since', value]), 'since')
    expect(read('2026-11-01')).toBe(new Date(2026, 10, 1).getTime())
    expect(read('2026-11-01T10:00:00+01:00')).toBe(Date.UTC(2026, 10, 1, 9))
    expect(said(() => read('2026-02-30'))).toContain('--since')
    expect(said(() => read('2026-11-01T10:00:00'))).toContain('--since')
    expect(said(() => read('yesterday'))).toContain('--since')
  })

  it('that are numbers have an end', () => {
    const read = (value: string) => wholeNumber(readWords(['--limit', value]), 'limit', 100)
    expect(read('0')).toBe(0)
    expect(read('100')).toBe(100)
    for (const value of ['101', '1.5', '-1', 'x', '']) expect(said(() => read(value))).toContain('--limit')
  })
})

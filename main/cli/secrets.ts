import { cli as text } from '../../preload/contract/text/cli.ts'
import type { SecretBundle } from '../core/ports.ts'
import type { Terminal } from './command.ts'
import { usage } from './failure.ts'
import type { Words } from './words.ts'

export type GivenSecrets = {
  readonly secrets: SecretBundle
  /** Where they are to be kept: in the keychain, or in the memory of this process alone. */
  readonly keep: 'keychain' | 'session'
}

/**
 * The secrets on standard input, where one of the two options asks for them; null where none does. Nothing of what was
 * read is ever part of a message.
 */
export async function readSecrets(terminal: Terminal, words: Words): Promise<GivenSecrets | null> {
  const option = words.given.has('secrets') ? 'secrets' : 'secrets-for-this-run'
  const value = words.text(option)
  if (value === null) return null
  if (value !== '-') throw usage(text.usage.secretsPlace(`--${option}`))
  return {
    secrets: bundleIn(await terminal.stdin()),
    keep: option === 'secrets' ? 'keychain' : 'session',
  }
}

function bundleIn(input: string): SecretBundle {
  if (input.trim() === '') throw usage(text.usage.secretsEmpty)
  const value = parsed(input.replace(/^\ufeff/, ''))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw usage(text.usage.secretsNotJson)
  const entries = Object.entries(value)
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    throw usage(text.usage.secretsNotJson)
  }
  if (entries.length === 0) throw usage(text.usage.secretsEmpty)
  return Object.fromEntries(entries)
}

/** Undefined for what is no JSON. The parser's own error would quote it. */
function parsed(input: string): unknown {
  try {
    return JSON.parse(input)
  } catch {
    return undefined
  }
}

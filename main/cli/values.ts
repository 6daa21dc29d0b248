import { cli as text } from '../../preload/contract/text/cli.ts'
import type { Instant } from '../../preload/contract/types.ts'
import type { Millis } from '../core/time.ts'
import { readDuration } from './durations.ts'
import { usage } from './failure.ts'
import type { TextOption, Words } from './words.ts'

/** A text that the command's table says is there. */
export function needed(words: Words, name: TextOption): string {
  const value = words.text(name)
  if (value === null) throw usage(text.usage.optionMissing(`--${name}`))
  return value
}

/** One of a few words; null where the option was left out. */
export function choice<T extends string>(words: Words, name: TextOption, choices: readonly T[]): T | null {
  const value = words.text(name)
  if (value === null) return null
  const chosen = choices.find(one => one === value)
  if (chosen === undefined) throw usage(text.usage.choice(`--${name}`, value, choices))
  return chosen
}

export function duration(words: Words, name: TextOption, otherwise: Millis): Millis {
  const value = words.text(name)
  if (value === null) return otherwise
  const read = readDuration(value)
  if (read === null) throw usage(text.usage.duration(`--${name}`, value))
  return read
}

/** A whole number from 0 to `most`; null where the option was left out. */
export function wholeNumber(words: Words, name: TextOption, most: number): number | null {
  const value = words.text(name)
  if (value === null) return null
  const read = /^\d{1,12}$/.test(value) ? Number(value) : Number.POSITIVE_INFINITY
  if (read > most) throw usage(text.usage.wholeNumber(`--${name}`, value, most))
  return read
}

/** A day, which begins at midnight on this computer, or a time with its zone. */
export function since(words: Words, name: TextOption): Instant | null {
  const value = words.text(name)
  if (value === null) return null
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(value)
  const at = day ? new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3])) : new Date(zoned ? value : '')
  const isThatDay = day === null || at.getDate() === Number(day[3])
  if (Number.isNaN(at.getTime()) || !isThatDay) throw usage(text.usage.date(`--${name}`, value))
  return at.getTime()
}

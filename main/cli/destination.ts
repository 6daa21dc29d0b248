import { isAbsolute, resolve } from 'node:path'
import { cli as text } from '../../preload/contract/text/cli.ts'
import { errorText } from '../../preload/contract/text/desktop.ts'
import type { Destination } from '../../preload/contract/types.ts'
import { conflictPolicies } from '../../preload/contract/words.ts'
import { defaultTemplate, parseTemplate } from '../core/deliveries/template.ts'
import { AppError, isAppError } from '../core/errors.ts'
import type { Terminal } from './command.ts'
import { usage } from './failure.ts'
import { choice } from './values.ts'
import type { TextOption, Words } from './words.ts'

const usual: Omit<Destination, 'folder'> = {
  name: defaultTemplate,
  onConflict: 'keep-both',
  unzip: true,
  keepArchive: false,
  archiveNames: 'standard',
  allowEmpty: false,
  acceptFewerRows: false,
  marker: null,
}

/**
 * Where and how files are delivered by these words. What they leave open is as in the definition's saved destination;
 * with another folder by `--to` too. Null where neither names a folder.
 */
export function destinationOf(
  { folder: from }: Pick<Terminal, 'folder'>,
  words: Words,
  saved: Destination | null,
): Destination | null {
  const to = words.text('to')
  const folder = to === null ? (saved?.folder ?? null) : isAbsolute(to) ? to : resolve(from, to)
  const base = saved ?? usual
  // Read also where there is no folder: words that are wrong are wrong before anything else is.
  const how = {
    ...base,
    name: template(words, 'name') ?? base.name,
    marker: template(words, 'marker') ?? base.marker,
    onConflict: choice(words, 'on-conflict', conflictPolicies) ?? base.onConflict,
    unzip: words.has('no-unzip') ? false : base.unzip,
    keepArchive: words.has('keep-archive') || base.keepArchive,
    allowEmpty: words.has('allow-empty') || base.allowEmpty,
  }
  return folder === null ? null : { ...how, folder }
}

export const noDestination = () => new AppError('no-destination')

function template(words: Words, name: TextOption): string | null {
  const value = words.text(name)
  if (value === null) return null
  try {
    parseTemplate(value)
    return value
  } catch (error) {
    if (!isAppError(error, 'name-invalid')) throw error
    throw usage(text.usage.template(`--${name}`, errorText(error).what))
  }
}

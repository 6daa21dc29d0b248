/** What a destination would do with the next delivery, shown beside its form. */
import type { DryRunAction, DryRunView, NameChange } from '../../../dry-run.ts'
import { files, number, size } from '../figures.ts'
import { characterName } from '../name-words.ts'

export const title = 'The next delivery would make'
export const noFolder = 'Choose a folder to see the names.'
export const names: Readonly<Record<DryRunView['names'], string>> = {
  'of-last-delivery': 'those of the last delivery',
  example: 'an example: nothing was delivered from this definition yet',
}
export const actions: Readonly<Record<DryRunAction, string>> = {
  new: 'new',
  numbered: 'numbered: its name is taken',
  replaces: 'replaces the file there',
  compares: 'there already: skipped if the bytes are the same, otherwise numbered',
  stops: 'there already: delivery stops and asks',
}
export const marker = 'marker'
export const more = (n: number): string => `and ${files(n)} more`

export const longest = ({ length, limit, unit }: NonNullable<DryRunView['longest']>): string =>
  `${number(length)} of ${number(limit)} ${unit}`
export const tooLong = ({ path, length, limit, unit }: NonNullable<DryRunView['longest']>): string =>
  `A path would be ${number(length)} ${unit} long, and programs on this computer open up to ${number(limit)}: ${path}`
export const tooLongNext = 'Choose a folder with a shorter path, or a shorter name.'

export function changed({ from, to, reason, characters }: NameChange): string {
  const why = {
    characters: `not every system can hold a ${characters.map(characterName).join(' or a ')}`,
    device: 'Windows keeps that name for a device',
    end: 'on Windows no name may end with a dot or a blank',
    long: 'it is longer than every system can hold',
    twice: 'another file of the delivery has that name',
  }[reason]
  return `“${from}” would be “${to}”: ${why}.`
}

export const oneByOne = (n: number): string =>
  `The ${files(n)} appear in the folder one after the other, and nothing tells when all of them are there.`
export const oneByOneNext =
  'If another program reads this folder, give each job a folder of its own: it appears at once, complete. Or put a marker file.'
export const useFolder = 'Folder for each job'
export const useMarker = 'Marker file'

export const facts = { folder: 'Folder', space: 'Space', longest: 'Longest path', names: 'Names' } as const
export const trying = 'being tried…'
export const staging = {
  beside: 'answers and may be written to; files are made beside it',
  inside: 'answers and may be written to; files are made in a hidden folder inside it',
} as const
export const free = (bytes: number): string => `${size(bytes)} free`
export const needed = (bytes: number): string => `${size(bytes)} needed for as much as last time`

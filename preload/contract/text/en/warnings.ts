/** Warnings of a receipt: what was delivered all the same, and what to know about it. */
import type { WarningView } from '../../receipts.ts'
import { files, number, rows } from './figures.ts'

type Facts = WarningView['facts']

const word = (facts: Facts, name: string): string => String(facts[name] ?? '')
const count = (facts: Facts, name: string): number => Number(facts[name] ?? 0)

const texts: Readonly<Record<string, (facts: Facts) => string>> = {
  'name-changed': facts =>
    `“${word(facts, 'from')}” cannot be a file name everywhere; it is “${word(facts, 'to')}”.`,
  'name-taken-late': facts =>
    `“${word(facts, 'from')}” came to be taken while the files were put there; it is “${word(facts, 'to')}”.`,
  'not-checked': facts => `“${word(facts, 'file')}” is encrypted; what is inside was not looked at.`,
  'names-doubtful': facts =>
    `${files(count(facts, 'files'))} of the archive may be misnamed, such as “${word(facts, 'file')}”: it does not say how its names are written. That can be chosen in the destination.`,
  'item-missing': facts => `“${word(facts, 'item')}” was not exported: ${word(facts, 'said')}`,
  'system-warned': facts => `The system warns: ${word(facts, 'said')}`,
  'empty-extract': () => 'The extract is empty. The destination accepts that.',
  'file-empty': facts => `“${word(facts, 'file')}” is empty.`,
  'fewer-rows-than-promised': facts =>
    `The first line of “${word(facts, 'file')}” promises ${rows(count(facts, 'expectedRows'))}, and only ${number(count(facts, 'rows'))} came. The destination accepts that.`,
  'more-rows-than-promised': facts =>
    `The first line of “${word(facts, 'file')}” promises ${rows(count(facts, 'expectedRows'))}, and ${number(count(facts, 'rows'))} came.`,
  'amounts-not-read': facts =>
    `In “${word(facts, 'file')}”, the amounts of ${rows(count(facts, 'rows'))} could not be read; the total is without them.`,
  'total-differs': facts =>
    `The first line of “${word(facts, 'file')}” promises a total of ${word(facts, 'expected')}; its rows add up to ${word(facts, 'total')}.`,
}

/** The warning in a sentence; one that is not known here by its code, rather than not at all. */
export const receiptWarning = ({ code, facts }: WarningView): string => texts[code]?.(facts) ?? code

import { randomFrom } from '../random.ts'
import {
  asianExtract,
  cardTransactions,
  cashAdvances,
  europeanExtract,
  remittance,
  standardExtract,
} from '../samples/extracts.ts'
import type { SampleExtract, SampleRun } from '../samples/sample.ts'

/** An extract definition of the practice company, with the habits of the real service that differ by definition. */
export type Definition = Readonly<{
  key: string
  name: string
  /** Several files come as a zip, one as it is. */
  extract: (run: SampleRun) => SampleExtract
  /** How long ago runs were started before the first start of the practice server, roughly. */
  everyHours: number
  /** Two of three job-links in the documentation lack the final `/job`. */
  jobLinkHasTail: boolean
  /** The order of the job list is not documented. */
  newestFirst: boolean
  /** One entry of the list has an empty id, as a public client knows to skip. */
  listsIdlessJob: boolean
  /** Whether the file's answer names it; the real service's habit is not known. */
  namesFile: boolean
}>

const usual = { jobLinkHasTail: true, newestFirst: true, listsIdlessJob: false, namesFile: false } as const

export const definitions: readonly Definition[] = [
  {
    ...usual,
    key: 'sae',
    name: 'Standard Accounting Extract',
    extract: standardExtract,
    everyHours: 24,
    listsIdlessJob: true,
  },
  {
    ...usual,
    key: 'eu',
    name: 'European Extract',
    extract: europeanExtract,
    everyHours: 24,
    jobLinkHasTail: false,
  },
  {
    ...usual,
    key: 'asia',
    name: 'Asian Extract',
    extract: asianExtract,
    everyHours: 48,
    jobLinkHasTail: false,
  },
  {
    ...usual,
    key: 'cards',
    name: 'Card Transactions',
    extract: cardTransactions,
    everyHours: 24,
    newestFirst: false,
    namesFile: true,
  },
  { ...usual, key: 'amex', name: 'AMEX Remittance - US', extract: remittance, everyHours: 72 },
  { ...usual, key: 'cash', name: 'Cash Advances', extract: cashAdvances, everyHours: 72, newestFirst: false },
]

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** An id as the service makes them: letters, digits and `$p` or `$s` in between. */
export function remoteId(...key: readonly (string | number)[]): string {
  const random = randomFrom('remote id', ...key)
  const part = (length: number) => random.text(ALPHABET, length)
  return `g${part(random.int(4, 9))}$${part(random.int(6, 11))}$${random.pick(['p', 's'])}${part(random.int(6, 12))}`
}

/** The same id as long as the seed is the same. */
export const definitionId = (seed: number, definition: Definition) => remoteId(seed, definition.key)

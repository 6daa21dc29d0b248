import { randomFrom } from '../random.ts'
import { accountingExtract } from './accounting-extract.ts'
import type { Batch } from './journal.ts'
import { asia, employeesOf, europe, type Locale, unitedStates } from './people.ts'
import { type SampleExtract, type SampleFile, type SampleRun, type SampleTime, writtenAt } from './sample.ts'
import {
  attendeeDetail,
  cardFeed,
  cardRemittance,
  cashAdvanceList,
  taxDetail,
  travelRequests,
} from './side-files.ts'

/** The practice company's id in the names of its files. */
const ENTITY = 'p0012345abcd'

type Make = (batch: Batch) => AsyncIterable<Buffer>
type Spec = Readonly<{
  key: string
  locale: Locale
  balanced: boolean
  /** Reports in an ordinary run: this many, up to a quarter more or less. */
  reports: number
  /** About how many bytes one report adds to the main file. */
  reportBytes: number
  files: readonly [main: readonly [string, Make], ...rest: (readonly [string, Make])[]]
}>

/** `extract_{what}_{entity}_{yyyyMMddHHmmss}.txt`, as on SAP's file server and inside its zips. */
const nameOf = (what: string, at: SampleTime) => {
  const [stem = what, extension = 'txt'] = what.split('.')
  return `extract_${stem}_${ENTITY}_${at.stamp}.${extension}`
}

function extractOf(spec: Spec): (run: SampleRun) => SampleExtract {
  return run => {
    const random = randomFrom(run.seed, spec.key, run.number, 'run')
    const at = writtenAt(run.number, random.int(0, 479), random.int(0, 59))
    const spread = Math.floor(spec.reports / 4)
    const ordinary = spec.reports + random.int(-spread, spread)
    const reports = {
      ordinary,
      empty: 0,
      large: Math.max(1, Math.round(run.largeBytes / spec.reportBytes)),
    }
    const employees = employeesOf(run.seed, spec.locale)
    const batch = (count: number): Batch => ({
      seed: run.seed,
      definition: spec.key,
      number: run.number,
      locale: spec.locale,
      employees,
      balanced: spec.balanced,
      reports: count,
    })
    const file = ([what, make]: readonly [string, Make], count: number): SampleFile => ({
      name: nameOf(what, at),
      chunks: () => make(batch(count)),
    })
    const [main, ...rest] = spec.files
    // Of a large run only the main file is large.
    const beside = rest.map(one => file(one, run.fill === 'empty' ? 0 : ordinary))
    return { files: [file(main, reports[run.fill]), ...beside], writtenAt: at }
  }
}

/** The accounting extract that the window's practice begins with: about 250 lines, the expense side only. */
export const standardExtract = extractOf({
  key: 'sae',
  locale: unitedStates,
  balanced: false,
  reports: 50,
  reportBytes: 5_650,
  files: [
    ['CES_SAE_v3', accountingExtract],
    ['attendee_detail', attendeeDetail],
    ['travel_request', travelRequests],
  ],
})

export const europeanExtract = extractOf({
  key: 'eu',
  locale: europe,
  balanced: false,
  reports: 24,
  reportBytes: 10_800,
  files: [
    ['CES_SAE_v3_EU', accountingExtract],
    ['vat_detail', taxDetail],
  ],
})

export const asianExtract = extractOf({
  key: 'asia',
  locale: asia,
  balanced: true,
  reports: 12,
  reportBytes: 16_500,
  files: [['CES_SAE_v3_APJ', accountingExtract]],
})

export const cardTransactions = extractOf({
  key: 'cards',
  locale: unitedStates,
  balanced: false,
  reports: 40,
  reportBytes: 565,
  files: [['card_transactions.csv', cardFeed]],
})

export const remittance = extractOf({
  key: 'amex',
  locale: unitedStates,
  balanced: false,
  reports: 30,
  reportBytes: 82,
  files: [['amex_remittance', cardRemittance]],
})

export const cashAdvances = extractOf({
  key: 'cash',
  locale: unitedStates,
  balanced: false,
  reports: 18,
  reportBytes: 58,
  files: [['cash_advance.csv', cashAdvanceList]],
})

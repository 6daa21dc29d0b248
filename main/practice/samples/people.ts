import { randomFrom } from '../random.ts'
import type { Units } from './money.ts'

type List<T = string> = readonly [T, ...T[]]

/** What makes a set of reports look like one part of the practice company. Every name is made up. */
export type Locale = Readonly<{
  company: string
  country: string
  countryName: string
  currency: string
  ledger: string
  policy: string
  firstNames: List
  lastNames: List
  places: List<Readonly<{ city: string; sub: string }>>
  vendors: List
  /** Rate into the home currency in hundred-millionths. */
  foreign: Readonly<{ currency: string; country: string; city: string; rate: bigint }>
  /** Percent of input tax inside a gross amount, 0 where there is none to reclaim. */
  tax: Readonly<{ percent: bigint; authority: string; label: string; code: string }>
}>

export const unitedStates: Locale = {
  company: '1000',
  country: 'US',
  countryName: 'UNITED STATES',
  currency: 'USD',
  ledger: 'DEFAULT',
  policy: 'US Expense Policy',
  firstNames: [
    'Avery',
    'Blake',
    'Casey',
    'Devon',
    'Ellis',
    'Frankie',
    'Harper',
    'Jordan',
    'Kendall',
    'Marlow',
    'Reese',
    'Sasha',
  ],
  lastNames: [
    'Ashgrove',
    'Birchall',
    'Calloway',
    'Dunmore',
    "O'Fallow",
    'Greenholt',
    'Hartwell',
    'Larkin-Voss',
    'Marchetti',
    'Quill',
    'Tarn',
    'Whitlock',
  ],
  places: [
    { city: 'Seattle', sub: 'US-WA' },
    { city: 'Chicago', sub: 'US-IL' },
    { city: 'Austin', sub: 'US-TX' },
    { city: 'Boston', sub: 'US-MA' },
  ],
  vendors: [
    'Quayside Inn',
    'Bluefinch Air',
    'Tidewater Taxi',
    'Copper Kettle Cafe',
    'Larkspur Car Hire',
    'Paperlane Office Supply',
    'Signal Hill Telecom',
    'Stonebridge Conference Center',
    'Juniper "Late" Bistro',
    'Ash & Elm Catering',
  ],
  foreign: { currency: 'EUR', country: 'DE', city: 'Munich', rate: 108_350_000n },
  tax: { percent: 0n, authority: '', label: '', code: '' },
}

export const europe: Locale = {
  company: '2000',
  country: 'DE',
  countryName: 'GERMANY',
  currency: 'EUR',
  ledger: 'EU',
  policy: 'EU Reiserichtlinie',
  firstNames: [
    'Anja',
    'Björn',
    'Chloé',
    'Dörte',
    'Émile',
    'Fabian',
    'Greta',
    'Jürgen',
    'Lucía',
    'Matteo',
    'Søren',
    'Zoë',
  ],
  lastNames: [
    'Ahlström',
    'Brückner',
    'Delacroix',
    'Eichwald',
    'Fuchsberger',
    'Größler',
    'Lindqvist',
    'Moreau',
    'Núñez',
    'Rasmussen',
    'Weiß',
    'van der Heide',
  ],
  places: [
    { city: 'München', sub: 'DE-BY' },
    { city: 'Köln', sub: 'DE-NW' },
    { city: 'Düsseldorf', sub: 'DE-NW' },
  ],
  vendors: [
    'Gasthof zur Linde',
    'Hôtel du Vieux Moulin',
    'Nordstern Bahn',
    'Taxi Übersee',
    'Café Löffelweise',
    'Bürobedarf Blattgold',
    'Fernruf Telekom',
    'Kongresshaus am Wall',
  ],
  foreign: { currency: 'USD', country: 'US', city: 'Boston', rate: 92_290_000n },
  tax: { percent: 19n, authority: 'Germany VAT', label: 'VAT', code: 'V19' },
}

export const asia: Locale = {
  company: '3000',
  country: 'JP',
  countryName: 'JAPAN',
  currency: 'USD',
  ledger: 'APJ',
  policy: 'APJ Expense Policy',
  firstNames: ['葵', '健太', 'Mei', '直樹', 'Suda', '陽子', 'Wei', '麻衣'],
  lastNames: ['青木', '石田', 'Chen', '小林', 'Phan', '高橋', 'Tan', '吉村'],
  places: [
    { city: '東京', sub: 'JP-13' },
    { city: '大阪', sub: 'JP-27' },
    { city: 'Singapore', sub: 'SG-01' },
  ],
  vendors: [
    '青葉ホテル',
    '東雲タクシー',
    'Jade Harbour Hotel',
    'Lotus Lane Kitchen',
    '銀杏文具',
    'Monsoon Air',
  ],
  foreign: { currency: 'EUR', country: 'DE', city: 'Munich', rate: 108_350_000n },
  tax: { percent: 10n, authority: 'Japan Consumption Tax', label: 'JCT', code: 'T10' },
}

export type Employee = Readonly<{
  id: string
  first: string
  last: string
  initial: string
  login: string
  costCentre: string
}>

/** The company's sixty employees, the same in every run. Ids begin with zeros on purpose. */
export function employeesOf(seed: number, locale: Locale): readonly [Employee, ...Employee[]] {
  const one = (index: number): Employee => {
    const random = randomFrom(seed, 'employee', locale.company, index)
    const id = String(4_100 + index * 17).padStart(8, '0')
    return {
      id,
      first: random.pick(locale.firstNames),
      last: random.pick(locale.lastNames),
      initial: random.pick(['', 'A', 'J', 'M', 'R']),
      login: `e${id}@practice.example`,
      costCentre: `0${random.int(10, 48) * 100}`,
    }
  }
  return [one(0), ...Array.from({ length: 59 }, (_, index) => one(index + 1))]
}

export type ExpenseType = Readonly<{
  name: string
  account: string
  from: Units
  to: Units
  attendees: boolean
}>

const type = (name: string, account: string, from: number, to: number, attendees = false): ExpenseType => ({
  name,
  account,
  from: BigInt(from) * 10_000n,
  to: BigInt(to) * 10_000n,
  attendees,
})

export const expenseTypes: List<ExpenseType> = [
  type('Airfare', '0061100', 180, 1_400),
  type('Hotel', '0061200', 95, 420),
  type('Business Meal (attendees)', '0061300', 24, 260, true),
  type('Taxi', '0061400', 8, 90),
  type('Car Rental', '0061500', 40, 310),
  type('Office Supplies', '0062100', 5, 140),
  type('Mobile/Cellular Phone', '0062200', 20, 85),
  type('Seminar/Course Fees', '0062300', 120, 900),
]

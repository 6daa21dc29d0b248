import AdmZip from 'adm-zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, openBench, records, START, units } from './support.ts'

const HEADER = /^EXTRACT\|(\d{4}-\d\d-\d\d)\|(\d+)\|(-?\d+\.\d{4})\|(\d+)$/

type Sae = { header: RegExpExecArray; lines: string[][]; text: string }

function accounting(bytes: Buffer): Sae {
  const text = bytes.toString('utf8')
  const end = text.indexOf('\n')
  const header = HEADER.exec(text.slice(0, end))
  if (header === null) throw new Error(`Not a header line: ${text.slice(0, end)}`)
  return { header, lines: records(text.slice(end + 1), '|'), text }
}

const column = (line: readonly string[], number: number) => line[number - 1] ?? ''
const sum = (lines: readonly (readonly string[])[]) =>
  lines.reduce((total, line) => total + units(column(line, 169)), 0n)

function byReport(lines: readonly string[][]): string[][][] {
  const reports = new Map<string, string[][]>()
  for (const line of lines) reports.set(column(line, 19), [...(reports.get(column(line, 19)) ?? []), line])
  return [...reports.values()]
}

let bench: Bench
let authorization: string

beforeAll(async () => {
  bench = await openBench()
  authorization = await bench.token()
})

afterAll(() => bench.practice.close())

async function run(name: string, on = bench, token = authorization): Promise<Buffer> {
  const path = await on.start(on.definition(name), token)
  on.wait(5_500)
  return (await on.call(`${path}/file`, { authorization: token })).bytes
}

const entry = (zip: Buffer, part: string): Buffer => {
  const found = new AdmZip(zip).getEntries().find(one => one.entryName.includes(part))
  if (found === undefined) throw new Error(`No entry ${part}`)
  return found.getData()
}

describe.each([
  ['Standard Accounting Extract', 'CES_SAE'],
  ['European Extract', 'CES_SAE'],
  ['Asian Extract', ''],
])('the accounting file of %s', (name, part) => {
  let sae: Sae

  beforeAll(async () => {
    const bytes = await run(name)
    sae = accounting(part === '' ? bytes : entry(bytes, part))
  })

  it('has a header line whose count and total are those of its lines', () => {
    expect(sae.lines.length).toBeGreaterThan(50)
    expect(Number(sae.header[2])).toBe(sae.lines.length)
    expect(units(sae.header[3] ?? '')).toBe(sum(sae.lines))
  })

  it('has exactly 400 fields on every line, sequence numbers from 1 and one batch', () => {
    expect(sae.lines.every(line => line.length === 400)).toBe(true)
    expect(sae.lines.every(line => column(line, 1) === 'DETAIL')).toBe(true)
    expect(sae.lines.map(line => Number(column(line, 4)))).toEqual(sae.lines.map((_, index) => index + 1))
    expect(new Set(sae.lines.map(line => column(line, 2)))).toEqual(new Set([sae.header[4]]))
  })

  it('has LF ends, a final newline and no byte order mark', () => {
    expect(sae.text).not.toContain('\r')
    expect(sae.text.endsWith('\n')).toBe(true)
    expect(sae.text.startsWith('EXTRACT|')).toBe(true)
  })

  it('has quoted cells with the delimiter and doubled quotes, which a plain split gets wrong', () => {
    const split = sae.text.split('\n').slice(1, -1)
    expect(split.some(line => line.split('|').length > 400)).toBe(true)
    expect(sae.text).toContain('""')
    expect(sae.lines.some(line => column(line, 69).includes(' | '))).toBe(true)
  })

  it('has signed amounts: debits with plus, credits with minus', () => {
    for (const line of sae.lines) {
      expect(column(line, 169)).toMatch(column(line, 168) === 'DR' ? /^\+\d+\.\d{4}$/ : /^-\d+\.\d{4}$/)
    }
  })

  it('has what a ledger needs, and bank data of nobody', () => {
    for (const line of sae.lines) {
      expect(column(line, 5)).toMatch(/^00\d{6}$/)
      expect(column(line, 167)).toMatch(/^00\d{5}$/)
      expect(column(line, 16)).toMatch(/^0{8}\d{4}$/)
      expect(column(line, 130)).toMatch(/^0*$/)
      expect(column(line, 154)).toMatch(/^(0{12}1111)?$/)
      expect(['USD', 'EUR']).toContain(column(line, 65))
      expect(column(line, 11)).toMatch(/^0\d{4}$/)
      expect(column(line, 70)).not.toBe('')
    }
  })
})

describe('the sums', () => {
  it('are zero by report in the Asian Extract, with both sides', async () => {
    const { lines, header } = accounting(await run('Asian Extract'))
    const reports = byReport(lines)
    expect(reports.length).toBeGreaterThan(5)
    for (const report of reports) {
      expect(sum(report)).toBe(0n)
      expect(new Set(report.map(line => column(line, 168)))).toEqual(new Set(['DR', 'CR']))
    }
    expect(header[3]).toBe('0.0000')
  })

  it('are not zero in the Standard Accounting Extract, and others with each run', async () => {
    const totals = []
    for (let n = 0; n < 3; n += 1) {
      const { header } = accounting(entry(await run('Standard Accounting Extract'), 'CES_SAE'))
      totals.push(units(header[3] ?? ''))
    }
    expect(new Set(totals).size).toBe(3)
    expect(totals.every(total => total > 0n)).toBe(true)
  })

  it('are the expense side alone in the European Extract, each report as much as it was posted', async () => {
    const { lines, header } = accounting(entry(await run('European Extract'), 'CES_SAE'))
    for (const report of byReport(lines)) expect(sum(report)).toBe(units(column(report[0] ?? [], 31)))
    expect(units(header[3] ?? '')).toBeGreaterThan(0n)
    expect(lines.some(line => column(line, 232) === 'V19')).toBe(true)
  })
})

describe('the other files', () => {
  it('count and add up what their header lines say', async () => {
    const standard = await run('Standard Accounting Extract')
    const files = [
      entry(standard, 'attendee_detail').toString('utf8'),
      entry(standard, 'travel_request').toString('utf8'),
      entry(await run('European Extract'), 'vat_detail').toString('latin1'),
      (await run('AMEX Remittance - US')).toString('utf8'),
    ]
    for (const text of files) {
      const [header = [], ...lines] = records(text, '|')
      expect(Number(header[2])).toBe(lines.length)
      expect(lines.length).toBeGreaterThan(0)
      const total = lines.reduce((so, line) => so + units(line.at(-1) ?? ''), 0n)
      expect(units(header[3] ?? '')).toBe(total)
    }
  })

  it('tell of reports in the accounting file', async () => {
    const zip = await run('Standard Accounting Extract')
    const known = new Set(accounting(entry(zip, 'CES_SAE')).lines.map(line => column(line, 19)))
    const [, ...attendees] = records(entry(zip, 'attendee_detail').toString('utf8'), '|')
    expect(attendees.every(line => known.has(column(line, 2)))).toBe(true)
  })

  it('keep the encoding of older systems for the tax file', async () => {
    const bytes = entry(await run('European Extract'), 'vat_detail')
    expect(bytes.toString('latin1')).toMatch(/[äöüßéø]/)
    expect(bytes.toString('utf8')).toContain('\ufffd')
  })

  it('are a comma-separated card feed with CRLF, and a list with line breaks inside cells', async () => {
    const cards = (await run('Card Transactions')).toString('utf8')
    expect(cards.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const rows = records(cards.replaceAll('\r\n', '\n'), ',')
    expect(new Set(rows.map(row => row.length))).toEqual(new Set([10]))
    expect(rows.length).toBeGreaterThan(50)

    const advances = records((await run('Cash Advances')).toString('utf8'), ',')
    expect(new Set(advances.map(row => row.length))).toEqual(new Set([6]))
    expect(advances.some(row => row[3]?.includes('\n'))).toBe(true)
  })
})

describe('the same seed', () => {
  const every = async (seed: number, start: number) => {
    const other = await openBench({ seed })
    other.clock.ms = start
    const token = await other.token()
    const files: string[] = []
    for (const { name } of other.practice.concur.definitions) {
      files.push((await run(name, other, token)).toString('base64'))
    }
    await other.practice.close()
    return { files, definitions: other.practice.concur.definitions }
  }

  it('gives the same bytes at another server and on another day', async () => {
    const [one, two, three] = await Promise.all([
      every(7, START),
      every(7, START + 40 * 86_400_000),
      every(8, START),
    ])
    expect(one).toEqual(two)
    expect(one.files.filter((file, index) => file === three.files[index])).toEqual([])
  })

  it('gives the next run another batch with other reports, and an asked-again file the same bytes', async () => {
    const definition = bench.definition('Standard Accounting Extract')
    const path = await bench.start(definition, authorization)
    bench.wait(5_500)
    const file = () => bench.call(`${path}/file`, { authorization })
    const [first, again] = [(await file()).bytes, (await file()).bytes]
    expect(first.equals(again)).toBe(true)
    const next = accounting(entry(await run('Standard Accounting Extract'), 'CES_SAE'))
    const before = accounting(entry(first, 'CES_SAE'))
    const reports = new Set(before.lines.map(line => column(line, 19)))
    expect(next.lines.filter(line => reports.has(column(line, 19)))).toEqual([])
    expect(Number(next.header[4])).toBe(Number(before.header[4]) + 1)
  })
})

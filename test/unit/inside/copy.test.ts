import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AdmZip from 'adm-zip'
import { XMLParser } from 'fast-xml-parser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { workbookCell } from '../../../main/core/inside/workbook-cell.ts'
import { copyRows } from '../../../main/worker/inside/copy.ts'
import { openFile } from '../../../main/worker/inside/open-file.ts'
import { insideDesk } from './desk.ts'

let folder: string
let to: string | null
let desk: ReturnType<typeof insideDesk>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inside-copy-'))
  to = join(folder, 'copy.xlsx')
  desk = insideDesk(() => to)
})
afterEach(async () => {
  await desk.service.closeAll()
  desk.end()
  rmSync(folder, { recursive: true, force: true })
})

type Cell = {
  readonly r: string
  readonly t?: string
  readonly v?: string
  readonly is?: { readonly t: unknown }
}

/** The sheets of a workbook as another program reads them: for each cell its place, its type and what is in it. */
function sheetsOf(path: string): readonly (readonly string[])[] {
  const zip = new AdmZip(path)
  const xml = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    trimValues: false,
    isArray: name => ['row', 'c', 'sheet'].includes(name),
  })
  const { workbook } = xml.parse(zip.readAsText('xl/workbook.xml'))
  return workbook.sheets.sheet.map((_sheet: unknown, at: number) => {
    const { worksheet } = xml.parse(zip.readAsText(`xl/worksheets/sheet${at + 1}.xml`))
    const rows: readonly { readonly c?: readonly Cell[] }[] = worksheet.sheetData.row ?? []
    return rows.flatMap(({ c = [] }) =>
      c.map(({ r, t, v, is }) => {
        const text = typeof is?.t === 'object' && is.t !== null ? Reflect.get(is.t, '#text') : is?.t
        return t === 'inlineStr' ? `${r} text ${text}` : `${r} ${t ?? 'number'} ${v}`
      }),
    )
  })
}

describe('a cell of the safe copy', () => {
  it.each([
    ['0', 0],
    ['42', 42],
    ['-1.50', -1.5],
    ['0.05', 0.05],
    ['123456789012345', 123456789012345],
    ['0000123.45', '0000123.45'],
    ['00042', '00042'],
    ['1234567890123456', '1234567890123456'],
    ['0.1234567890123456', '0.1234567890123456'],
    ['+49301234567', '+49301234567'],
    ['-0', '-0'],
    ['.5', '.5'],
    ['1.', '1.'],
    ['1e5', '1e5'],
    ['1,5', '1,5'],
    ['2026-11-01', '2026-11-01'],
    ['11/12', '11/12'],
    ['MARCH1', 'MARCH1'],
    ['=1+1', '=1+1'],
    ['@SUM(A1)', '@SUM(A1)'],
    ['-A1', '-A1'],
    [' 5', ' 5'],
    ['true', 'true'],
    ['', null],
  ])('is made of %j as %j', (value, cell) => {
    expect(workbookCell(value, false)).toBe(cell)
  })

  it('of money may have a plus in front', () => {
    expect(workbookCell('+550.0000', true)).toBe(550)
    expect(workbookCell('+00550.00', true)).toBe('+00550.00')
    expect(workbookCell('+1234567890123456.78', true)).toBe('+1234567890123456.78')
  })
})

describe('the safe copy', () => {
  const file =
    'Id,Plz,Amount,IBAN,Text\n20261114000000012345,01067,-1.50,DE89370400440532013000,"=HYPERLINK(""http://x"")"\n7,+1,3,,"a <b> & ""c""\nd"\n'

  it('has leading zeros, long ids and formulas as text, numbers as numbers, and what is masked masked', async () => {
    const { path, fileIndex } = desk.deliver('march.csv', file)
    const before = desk.stateOf(path)
    const view = await desk.view(fileIndex)
    const copy = await desk.service.saveCopy(view.viewId, [1, 2, 3, 4, 5], desk.workId())
    expect(copy).toEqual({ path: to, rows: 2, sheets: 1, columnsLeftOut: 0, cellsCut: 0, masked: [4] })
    expect(sheetsOf(to ?? '')).toEqual([
      [
        'A1 text Id',
        'B1 text Plz',
        'C1 text Amount',
        'D1 text IBAN',
        'E1 text Text',
        'A2 text 20261114000000012345',
        'B2 text 01067',
        'C2 number -1.5',
        'D2 text •••• 3000',
        'E2 text =HYPERLINK("http://x")',
        'A3 number 7',
        'B3 text +1',
        'C3 number 3',
        'E3 text a <b> & "c"\nd',
      ],
    ])
    expect(desk.stateOf(path)).toEqual(before)
    expect(readdirSync(folder)).toEqual(['copy.xlsx'])
    await desk.service.showCopy(view.viewId)
    expect(desk.shown).toEqual([to])
  })

  it('has the columns that were asked for of the rows that are left, and shown values where they were shown', async () => {
    const view = await desk.open(file)
    await desk.service.filter(view.viewId, [{ column: 2, is: 'equal', text: '01067' }], desk.workId())
    await desk.service.show(view.viewId, [4])
    const copy = await desk.service.saveCopy(view.viewId, [4, 1], desk.workId())
    expect(copy).toMatchObject({ rows: 1, masked: [] })
    expect(sheetsOf(to ?? '')).toEqual([
      ['A1 text IBAN', 'B1 text Id', 'A2 text DE89370400440532013000', 'B2 text 20261114000000012345'],
    ])
  })

  it('goes on in further sheets, each with the names, and says how many', async () => {
    const { path } = desk.deliver(
      'a.txt',
      `n|text\n${Array.from({ length: 25 }, (_, n) => `${n}|x`).join('\n')}\n`,
    )
    const { stamp, bytes, beginning } = await openFile(path)
    if (!beginning) throw new Error('It is no table')
    const { format } = beginning
    const wanted = {
      columns: [{ column: 0, name: 'n', money: false }],
      spans: [{ from: format.dataAt, to: bytes, row: 0, keep: null }],
      masked: [],
      to: to ?? '',
      sheetRows: 11,
    }
    const options = { signal: new AbortController().signal, onProgress: () => {} }
    expect(await copyRows({ path, stamp, format }, wanted, options)).toEqual({
      rows: 25,
      sheets: 3,
      cellsCut: 0,
    })
    const sheets = sheetsOf(to ?? '')
    expect(sheets.map(cells => cells.length)).toEqual([11, 11, 6])
    expect(sheets.map(([first, second]) => [first, second])).toEqual([
      ['A1 text n', 'A2 number 0'],
      ['A1 text n', 'A2 number 10'],
      ['A1 text n', 'A2 number 20'],
    ])
  })

  it('says what a sheet cannot hold', async () => {
    const view = await desk.open(`a|b\n1|${'y'.repeat(40_000)}\n`)
    expect(await desk.service.saveCopy(view.viewId, [1, 2], desk.workId())).toMatchObject({ cellsCut: 1 })
    expect(sheetsOf(to ?? '')[0]?.at(-1)).toBe(`B2 text ${'y'.repeat(32_767)}`)
    const numbers = Array.from({ length: 16_390 }, (_, at) => at + 1)
    expect(await desk.service.saveCopy(view.viewId, numbers, desk.workId())).toMatchObject({
      columnsLeftOut: 6,
    })
  })

  it('leaves nothing behind where it is cancelled, or the window or the app is closed', async () => {
    const view = await desk.open(`a|b\n${`1|${'y'.repeat(900)}\n`.repeat(20_000)}`)
    await desk.service.index(view.viewId, [], desk.workId())
    for (const end of [() => desk.service.cancel('copy'), () => desk.service.closeAll()]) {
      const begun = desk.told()
      const saving = desk.service.saveCopy(view.viewId, [1, 2], 'copy')
      const refused = saving.catch((error: unknown) => error)
      await begun
      expect(readdirSync(folder)).toEqual(['copy.xlsx.part'])
      await end()
      expect(await refused).toMatchObject({ code: 'cancelled' })
      expect(readdirSync(folder)).toEqual([])
    }
  })

  it('is not written where the user thought better of it', async () => {
    const view = await desk.open('a|b\n1|2\n')
    to = null
    expect(await desk.service.saveCopy(view.viewId, [1], desk.workId())).toBeNull()
    await expect(desk.service.showCopy(view.viewId)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('never takes the place of the delivered file, nor of another one where it cannot be finished', async () => {
    const { path, fileIndex } = desk.deliver('a.txt', 'a,b\n1,2\n')
    const view = await desk.view(fileIndex)
    to = path
    await expect(desk.service.saveCopy(view.viewId, [1], desk.workId())).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(readFileSync(path, 'utf8')).toBe('a,b\n1,2\n')
    to = join(folder, 'missing', 'copy.xlsx')
    await expect(desk.service.saveCopy(view.viewId, [1], desk.workId())).rejects.toMatchObject({
      code: 'not-written',
    })
    to = join(folder, 'copy.xlsx')
    writeFileSync(to, 'an older copy')
    writeFileSync(path, 'a,b\n1,2\n3,4\n')
    await expect(desk.service.saveCopy(view.viewId, [1], desk.workId())).rejects.toMatchObject({
      code: 'file-changed',
    })
    expect(readFileSync(to, 'utf8')).toBe('an older copy')
  })
})

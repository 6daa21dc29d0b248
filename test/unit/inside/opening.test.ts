import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import AdmZip from 'adm-zip'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tarBytes, tarGzBytes } from '../../fakes/tar-bytes.ts'
import { insideDesk } from './desk.ts'

let desk: ReturnType<typeof insideDesk>
beforeEach(() => {
  desk = insideDesk()
})
afterEach(async () => {
  await desk.service.closeAll()
  desk.end()
})

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
const windows1252 = (text: string) => Buffer.from(text.replace('€', '\x80'), 'latin1')

const zipOf = (entries: Readonly<Record<string, string>>) => {
  const zip = new AdmZip()
  for (const [name, text] of Object.entries(entries)) zip.addFile(name, Buffer.from(text))
  return zip.toBuffer()
}

/** One row of an accounting extract. */
const detail = (cells: Readonly<Record<number, string>>): string =>
  `${Array.from({ length: 400 }, (_, at) => (at === 0 ? 'DETAIL' : (cells[at + 1] ?? ''))).join('|')}\n`

describe('a file as a table', () => {
  const text = 'Name;Käufer;Betrag\r\nÖsel & Söhne;"a;""b""\r\nc";1,50\r\n0042;;-3\r\n'
  const cells = [
    ['Ösel & Söhne', 'a;"b"\r\nc', '1,50'],
    ['0042', '', '-3'],
  ]
  it.each([
    ['utf-8', false, Buffer.from(text)],
    ['utf-8', true, Buffer.from(`\ufeff${text}`)],
    ['utf-16le', true, Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16be', true, utf16be(`\ufeff${text}`)],
    ['utf-16le', false, Buffer.from(text, 'utf16le')],
    ['utf-16be', false, utf16be(text)],
    ['windows-1252', false, windows1252(text)],
  ] as const)('is read in %s, with a byte order mark: %s', async (encoding, byteOrderMark, bytes) => {
    const view = await desk.open(bytes)
    expect(view.dialect).toEqual({ delimiter: ';', encoding, byteOrderMark, lineEnd: 'crlf' })
    expect(view.layout).toBe('titles')
    expect(view.columns.map(({ name }) => name)).toEqual(['Name', 'Käufer', 'Betrag'])
    expect(view.firstRows.map(row => row.cells)).toEqual(cells)
    const { rows } = await desk.service.index(view.viewId, [], 'w')
    expect(rows).toBe(2)
    expect(await desk.table(view)).toEqual(cells)
    expect(
      await desk.service.find(view.viewId, { text: 'ösel', column: null, from: 0, direction: 'down' }, 'f'),
    ).toEqual({
      position: 0,
      number: 1,
      column: 1,
    })
  })

  it.each(['|', ',', ';', '\t'] as const)('is read with the delimiter %j', async delimiter => {
    const view = await desk.open(`1${delimiter}2${delimiter}0003\n4${delimiter}5${delimiter}6`)
    expect(view.dialect.delimiter).toBe(delimiter)
    expect(view.layout).toBe('none')
    expect(view.columns.map(({ name }) => name)).toEqual([null, null, null])
    expect(view.firstRows.map(row => row.cells)).toEqual([
      ['1', '2', '0003'],
      ['4', '5', '6'],
    ])
    expect(view.firstRowsAreAll).toBe(true)
  })

  it('is read with lines that end as on an old Macintosh', async () => {
    const view = await desk.open('a,b\r1,2\r3,4\r')
    expect(view.dialect.lineEnd).toBe('cr')
    expect((await desk.service.index(view.viewId, [], 'w')).rows).toBe(2)
    expect(await desk.table(view)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
  })

  it('says that it is Windows-1252 where only its middle tells', async () => {
    const line = `${'x'.repeat(99)},1\n`
    const bytes = Buffer.concat([
      Buffer.from(line.repeat(20_000)),
      Buffer.from('M\xfcller,1\n'.repeat(9000), 'latin1'),
    ])
    expect((await desk.open(bytes)).dialect.encoding).toBe('windows-1252')
  })

  it('has the names of Concur’s layout where it is an accounting extract, and its control totals', async () => {
    const file = `EXTRACT|2026-11-14|3|11.0000|7\n${['+550.0000', '-541.5', '2.5'].map(amount => detail({ 5: '00042', 169: amount })).join('')}`
    const view = await desk.open(file)
    expect(view.layout).toBe('concur')
    expect(view.header).toEqual({ date: '2026-11-14', rows: 3, total: '11.0000', batch: '7' })
    expect(view.columns).toHaveLength(400)
    expect(view.columns[168]).toEqual({
      number: 169,
      name: 'Journal Amount',
      holds: 'money',
      sensitive: false,
      masked: false,
    })
    expect(view.columns[399]?.name).toBe('Future Use')
    expect(view.columns.filter(({ masked }) => masked).map(({ number }) => number)).toEqual([
      16, 17, 130, 154, 155, 293, 294, 295, 296, 297, 298, 299, 300, 302,
    ])
    const index = await desk.service.index(view.viewId, [169, 5], 'w')
    expect(index.control).toEqual({
      headerRows: 3,
      headerTotal: '11.0000',
      rows: 3,
      total: '11.0000',
      unread: 0,
      match: true,
    })
    expect(index.totals).toEqual([
      { column: 169, rows: 3, filled: 3, numbers: 3, sum: '11.0000', average: '3.666667' },
      { column: 5, rows: 3, filled: 3, numbers: 3, sum: '126', average: '42.00' },
    ])
  })

  it('shows columns that only rows further down have', async () => {
    const view = await desk.open(`a,b\n${'1,2\n'.repeat(300)}1,2,3,4\n`)
    expect(view.columns).toHaveLength(2)
    const { columns, rows } = await desk.service.index(view.viewId, [], 'w')
    expect([columns.length, rows]).toEqual([4, 301])
    const last = await desk.service.rows(view.viewId, { from: 299, count: 5, columns: [4, 1, 9] })
    expect(last).toEqual([
      { number: 300, cells: [null, '1', null] },
      { number: 301, cells: ['4', '1', null] },
    ])
  })

  it('is empty where nothing but a header line is in it', async () => {
    for (const bytes of ['EXTRACT|2026-11-14|0|0|7\n', 'Name;Amount\r\n', '']) {
      const view = await desk.open(bytes)
      expect([view.firstRows, view.firstRowsAreAll]).toEqual([[], true])
      expect((await desk.service.index(view.viewId, [], 'w')).rows).toBe(0)
      expect(
        await desk.service.find(view.viewId, { text: 'x', column: null, from: 0, direction: 'up' }, 'f'),
      ).toBeNull()
    }
  })

  it.each([
    ['PDF', Buffer.from('%PDF-1.4\n1 0 obj\n')],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])],
    ['JSON', Buffer.from('{"responseStatus": "SUCCESS",\n"data": []}')],
    ['a list in JSON', Buffer.from('[{"a":1},\n{"a":2}]')],
    ['XML', Buffer.from('\ufeff<?xml version="1.0"?>\n<a/>')],
    ['a workbook', zipOf({ '[Content_Types].xml': '<a/>', 'xl/workbook.xml': '<a/>' })],
  ])('is not made of %s', async (_kind, bytes) => {
    const { fileIndex } = desk.deliver('file.bin', bytes)
    await expect(desk.view(fileIndex)).rejects.toMatchObject({
      code: 'file-not-a-table',
      facts: { file: 'file.bin' },
    })
  })
})

describe('where a file is looked for', () => {
  it('is where it was put, and whether its size is still the same', async () => {
    const { path, fileIndex } = desk.deliver('a.txt', 'a,b\n1,2\n')
    expect(await desk.view(fileIndex)).toMatchObject({ where: 'there', changed: false, name: 'a.txt' })
    writeFileSync(path, 'a,b\n1,2\n3,4\n')
    expect(await desk.view(fileIndex)).toMatchObject({ where: 'there', changed: true })
  })

  it('is below its folder, where somebody sorted it away', async () => {
    const { path, fileIndex } = desk.deliver('a.txt', 'a,b\n1,2\n')
    mkdirSync(join(desk.destination, 'done'))
    renameSync(path, join(desk.destination, 'done', 'march.txt'))
    expect(await desk.view(fileIndex)).toMatchObject({ where: 'moved', name: 'march.txt' })
  })

  it('is the archive that was kept, which is unpacked for as long as it is looked into', async () => {
    const { path, fileIndex } = desk.deliver('a.txt', 'a,b\n1,2\n')
    const zip = desk.deliver(
      'all.zip',
      zipOf({ 'extract_1.txt': 'a,b\n1,2\n', 'extract_2.txt': 'a,b\n9,9\n' }),
    )
    desk.keptArchive(zip.path)
    rmSync(path)
    const view = await desk.view(fileIndex)
    expect(view).toMatchObject({ where: 'archive', name: 'a.txt', changed: false })
    expect(await desk.table(view)).toEqual([['1', '2']])
    expect(readdirSync(desk.scratch)).toHaveLength(1)
    await desk.service.close(view.viewId)
    expect(readdirSync(desk.scratch)).toHaveLength(0)
  })

  it('is nowhere else: then it says that it is missing', async () => {
    const { path, fileIndex } = desk.deliver('a.txt', 'a,b\n1,2\n')
    rmSync(path)
    await expect(desk.view(fileIndex)).rejects.toMatchObject({
      code: 'delivered-file-missing',
      facts: { path },
    })
    await expect(desk.view(7)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('an archive that was delivered as it is', () => {
  it('lists what is in it, and opens one of that', async () => {
    const { fileIndex } = desk.deliver('all.zip', zipOf({ 'in/a.txt': 'a,b\n1,2\n', 'note.pdf': '%PDF-1.4' }))
    expect(await desk.service.open({ receiptId: 'r', fileIndex, entry: null }, 'w')).toEqual({
      kind: 'archive',
      name: 'all.zip',
      entries: [
        { path: 'in/a.txt', bytes: 8, encrypted: false },
        { path: 'note.pdf', bytes: 8, encrypted: false },
      ],
    })
    const view = await desk.view(fileIndex, 'in/a.txt')
    expect([view.name, view.where, view.firstRows.length]).toEqual(['a.txt', 'archive', 1])
    await expect(desk.view(fileIndex, 'in/b.txt')).rejects.toMatchObject({ code: 'not-found' })
    await expect(desk.view(fileIndex, 'note.pdf')).rejects.toMatchObject({ code: 'file-not-a-table' })
    expect(readdirSync(desk.scratch)).toHaveLength(1)
    await desk.service.closeAll()
    expect(existsSync(desk.scratch)).toBe(false)
  })

  it.each([
    ['full.tar.gz', tarGzBytes([{ name: 'Object/a.csv', data: 'a,b\n1,2\n' }])],
    ['full.tar', tarBytes([{ name: 'Object/a.csv', data: 'a,b\n1,2\n' }])],
  ])('may be a tar: %s', async (name, bytes) => {
    const { fileIndex } = desk.deliver(name, bytes)
    const entries = [{ path: 'Object/a.csv', bytes: 8, encrypted: false }]
    expect(await desk.service.open({ receiptId: 'r', fileIndex, entry: null }, 'w')).toMatchObject({
      entries,
    })
    expect((await desk.view(fileIndex, 'Object/a.csv')).firstRows).toEqual([{ number: 1, cells: ['1', '2'] }])
  })

  it('is opened at once where gzip packed one file', async () => {
    const { fileIndex } = desk.deliver('rows.csv.gz', gzipSync('a,b\n1,2\n'))
    expect(await desk.view(fileIndex)).toMatchObject({
      name: 'rows.csv',
      where: 'archive',
      firstRowsAreAll: true,
    })
    const damaged = desk.deliver('cut.csv.gz', gzipSync('a,b\n1,2\n').subarray(0, 20))
    await expect(desk.view(damaged.fileIndex)).rejects.toMatchObject({ code: 'damaged-archive' })
    expect(readdirSync(desk.scratch)).toHaveLength(1)
  })
})

import AdmZip from 'adm-zip'
import { chunks } from '../samples/sample.ts'
import { zip } from '../zip.ts'

export type Document = Readonly<{ id: string; major: number; minor: number; name: string }>

/** The documents of the practice vault. Their names are as awkward as real ones. */
export const documents: readonly Document[] = [
  { id: '11', major: 1, minor: 0, name: 'Plan A.pdf' },
  { id: '12', major: 0, minor: 1, name: "Michael's list 8-30-25.csv" },
  { id: '13', major: 2, minor: 0, name: 'Prüfbericht Nr. 7.docx' },
  { id: '14', major: 1, minor: 2, name: 'Overview.html' },
  { id: '15', major: 1, minor: 0, name: 'Settings.xml' },
  { id: '16', major: 3, minor: 1, name: 'Plan A.pdf' },
  { id: '17', major: 1, minor: 0, name: '100% (final) #2 & more.txt' },
]

/** A document of this id is there, and cannot be exported. */
export const unexportable = '404'

export const findDocument = (id: string): Document | undefined =>
  documents.find(document => document.id === id)

const when = { date: '2026-09-01', stamp: '20260901090000', fields: [2026, 8, 1, 9, 0, 0] } as const

/** A document's file: what its name says it is. */
export async function documentBytes({ id, name }: Document): Promise<Buffer> {
  const text = `Document ${id}: ${name}\n${'A line of a practice document.\n'.repeat(200 + Number(id))}`
  const extension = name.slice(name.lastIndexOf('.'))
  switch (extension) {
    case '.docx':
      return zip([{ name: 'word/document.xml', data: Buffer.from(`<w:document>${text}</w:document>`) }], when)
    case '.html':
      return Buffer.from(`<!DOCTYPE html>\n<html><body><pre>${text}</pre></body></html>\n`)
    case '.xml':
      return Buffer.from(`<?xml version="1.0"?>\n<settings><note>${text}</note></settings>\n`)
    case '.csv':
      return Buffer.from(`id,name\n${Array.from({ length: 300 }, (_, n) => `${n},Name ${n}\n`).join('')}`)
    case '.pdf':
      return Buffer.concat([Buffer.from(`%PDF-1.4\n%âãÏÓ\n${text}`, 'latin1'), Buffer.alloc(64, 0xfe)])
    default:
      return Buffer.from(text)
  }
}

/** A binder as a zip: its documents in a folder. */
export async function binderBytes(binder: string): Promise<Buffer> {
  const entries = await Promise.all(
    documents.slice(0, 4).map(async document => ({
      name: `Binder ${binder}/${document.id} ${document.name}`,
      data: await documentBytes(document),
    })),
  )
  return zip(entries, when)
}

/** What the entries of a binder are, by their names. */
export const binderEntries = (archive: Buffer): readonly string[] =>
  new AdmZip(archive).getEntries().map(entry => entry.entryName)

/** The rows of one object of the Loader; the columns alone where the extract is empty. */
export function objectRows(object: string, fields: readonly string[], rows: number): AsyncIterable<Buffer> {
  function* lines(): Generator<string> {
    yield `${fields.join(',')}\n`
    for (let n = 1; n <= rows; n += 1) {
      yield `${fields.map(field => (field === 'id' ? `V0B${String(n).padStart(12, '0')}` : `${object} ${field} ${n}`)).join(',')}\n`
    }
  }
  return chunks(lines())
}

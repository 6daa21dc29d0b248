import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { kindOf } from '../../../main/core/deliveries/claim.ts'
import { isAppError } from '../../../main/core/errors.ts'
import { createRecogniser } from '../../../main/core/extract-files/recogniser.ts'
import { tarGzBytes } from '../../fakes/tar-bytes.ts'
import { zipBytes } from '../../fakes/zip-bytes.ts'

/** What a download is, or the code that it is refused with. */
function claimed(
  bytes: Buffer,
  name: string | null,
  declaredType: string | null = 'application/octet-stream',
): string {
  const recogniser = createRecogniser()
  recogniser.push(bytes)
  const contents = bytes.subarray(0, 2).toString('latin1') === 'PK' ? null : recogniser.end()
  try {
    return kindOf({ head: bytes, bytes: bytes.length, declaredType, name, contents, mask: text => text })
  } catch (error) {
    if (isAppError(error)) return error.code
    throw error
  }
}

const zip = zipBytes([{ name: 'word/document.xml', data: '<w/>' }])
const page = Buffer.from('<!DOCTYPE html><html><title>Overview</title></html>')
const xml = Buffer.from('<?xml version="1.0"?><settings/>')
const json = Buffer.from('{"settings": 1}')

describe('what a download is', () => {
  it.each(['Plan.docx', 'PLAN.XLSX', 'a.b.pptx', 'drawing.vsdx', 'text.odt', 'book.epub'])(
    '%s is a document, though there is an archive inside',
    name => expect(claimed(zip, name)).toBe('binary'),
  )

  it.each(['Package.zip', 'extract', 'docx.zip', null])('%s is an archive', name => {
    expect(claimed(zip, name)).toBe('archive')
  })

  it('a packed tar is an archive by what is inside, whatever it is called', () => {
    const tar = tarGzBytes([{ name: 'manifest.csv', data: 'a,b\n' }])
    for (const name of ['x.tar.gz', 'x.tgz', 'x', null]) expect(claimed(tar, name)).toBe('archive')
    expect(claimed(gzipSync('id\n1\n'), 'x.csv.gz')).toBe('binary')
    expect(claimed(Buffer.from([0x1f, 0x8b, 8, 0, 0]), 'x.tar.gz')).toBe('binary')
  })

  it('a page and data that a server calls a download are what they are', () => {
    expect(claimed(page, 'Overview.html')).toBe('text')
    expect(claimed(xml, 'Settings.xml')).toBe('text')
    expect(claimed(json, 'Settings.json')).toBe('text')
  })

  it('but not under another name, nor where they are declared a page', () => {
    expect(claimed(page, 'Plan.pdf')).toBe('html-instead-of-file')
    expect(claimed(page, null)).toBe('html-instead-of-file')
    expect(claimed(page, 'Overview.html', 'text/html')).toBe('html-instead-of-file')
    expect(claimed(xml, 'rows.csv')).toBe('error-instead-of-file')
    expect(claimed(json, 'rows.csv')).toBe('error-instead-of-file')
  })

  it('nor where they say that they are an error', () => {
    const failure = Buffer.from('{"responseStatus":"FAILURE","errors":[{"type":"X","message":"no"}]}')
    expect(claimed(failure, 'Settings.json')).toBe('error-instead-of-file')
    expect(claimed(Buffer.from('<error><message>no</message></error>'), 'a.xml')).toBe(
      'error-instead-of-file',
    )
  })
})

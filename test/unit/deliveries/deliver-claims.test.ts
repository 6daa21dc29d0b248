import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { minutes, seconds } from '../../../main/core/time.ts'
import { type Served, served, servedZip } from '../../fakes/deliveries-world.ts'
import { asked, headerLine, id, quiet, room, row, sae, visible } from '../../fakes/delivery-room.ts'
import { zipBytes } from '../../fakes/zip-bytes.ts'

describe('what is not what it claims to be', () => {
  const html = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>'
  const cases: readonly (readonly [string, Served, string, string])[] = [
    [
      'a web page',
      served(html, { 'content-type': 'text/html' }),
      'not-what-it-claims',
      'html-instead-of-file',
    ],
    ['a web page that says it is a csv', served(`  \n${html}`), 'not-what-it-claims', 'html-instead-of-file'],
    [
      'a web page that says it is a zip',
      servedZip(Buffer.from(html)),
      'not-what-it-claims',
      'html-instead-of-file',
    ],
    [
      'an error in JSON',
      served('{"Error":{"Message":"no"}}', { 'content-type': 'application/json' }),
      'not-what-it-claims',
      'error-instead-of-file',
    ],
    [
      'an error in JSON that says it is a csv',
      served('{"code":5}'),
      'not-what-it-claims',
      'error-instead-of-file',
    ],
    [
      'an error in XML',
      served('<?xml version="1.0"?><Error><Message>no</Message></Error>', {
        'content-type': 'application/xml',
      }),
      'not-what-it-claims',
      'error-instead-of-file',
    ],
    ['text that says it is a zip', servedZip(Buffer.from('a,b\n')), 'not-what-it-claims', 'damaged-archive'],
    [
      'an archive that says it is a text',
      served(zipBytes([{ name: 'a' }])),
      'not-what-it-claims',
      'damaged-archive',
    ],
    [
      'a damaged archive',
      servedZip(zipBytes([{ name: 'a', crc32: 1 }])),
      'not-what-it-claims',
      'damaged-archive',
    ],
    [
      'a name that leaves the folder',
      servedZip(zipBytes([{ name: '../a' }])),
      'not-what-it-claims',
      'unsafe-name',
    ],
    [
      'an encrypted file',
      servedZip(zipBytes([{ name: 'a', flags: 0x0801 }])),
      'not-what-it-claims',
      'encrypted-entry',
    ],
    [
      'fewer rows than promised',
      served(headerLine('30', 3) + row('10') + row('20')),
      'not-what-it-claims',
      'fewer-rows-than-promised',
    ],
    ['an empty extract', served(headerLine('0', 0)), 'finished-empty', 'empty-extract'],
    ['nothing at all', served(''), 'finished-empty', 'empty-extract'],
    ['an archive without files', servedZip(zipBytes([])), 'finished-empty', 'empty-extract'],
    [
      'an archive of header lines',
      servedZip(zipBytes([{ name: 'a', data: headerLine('0', 0) }])),
      'finished-empty',
      'empty-extract',
    ],
  ]
  it.each(cases)('%s', async (_name, file, state, code) => {
    const it = await room([file])
    await it.service.request(id, asked)
    for (let tries = 0; (await quiet(it)).state === 'waiting' && tries < 3; tries += 1)
      await it.clock.advance(seconds(5))
    const delivery = await quiet(it)
    expect([delivery.state, delivery.error?.code]).toEqual([state, code])
    expect(visible(it)).toEqual({})
    expect([...it.files.below('/srv')]).toEqual([])
    expect(it.receipts.rows()).toEqual([])
    expect(it.published.filter(event => event.kind === 'needs-you')).toHaveLength(1)
  })

  it('is fetched once more before it is held against the system', async () => {
    const it = await room([served('<html>', { 'content-type': 'text/csv' })])
    await it.service.request(id, asked)
    expect(await quiet(it)).toMatchObject({ state: 'waiting', error: { code: 'html-instead-of-file' } })
    it.server.files = [served(sae)]
    await it.clock.advance(seconds(2))
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('an empty extract is delivered with a warning where that is allowed', async () => {
    const it = await room([served(headerLine('0', 0))], { destination: { allowEmpty: true } })
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('delivered-with-warnings')
    expect(it.receipts.rows()[0]?.content.warnings).toEqual([{ code: 'empty-extract', facts: { files: 1 } }])
  })

  it('fewer rows than promised are delivered with a warning where that is accepted', async () => {
    const file = served(headerLine('30', 3) + row('10') + row('20'))
    const it = await room([file], { destination: { acceptFewerRows: true } })
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('delivered-with-warnings')
    expect(it.receipts.rows()[0]?.content.warnings).toMatchObject([
      { code: 'fewer-rows-than-promised', facts: { expectedRows: 3, rows: 2 } },
    ])
    expect(it.receipts.rows()[0]?.content.controlTotals[0]?.match).toBe(false)
  })

  it('a header line alone that promises rows is accepted only where both are', async () => {
    const file = served(headerLine('0', 3))
    const fewer = await room([file], { destination: { acceptFewerRows: true } })
    await fewer.service.request(id, asked)
    expect(await quiet(fewer)).toMatchObject({ state: 'finished-empty', error: { code: 'empty-extract' } })
    expect(visible(fewer)).toEqual({})
    const both = await room([file], { destination: { acceptFewerRows: true, allowEmpty: true } })
    await both.service.request(id, asked)
    await quiet(both)
    expect(both.receipts.rows()[0]?.content.warnings.map(({ code }) => code)).toEqual([
      'empty-extract',
      'fewer-rows-than-promised',
    ])
  })

  it('other differences from the header line are warnings', async () => {
    const it = await room([served(headerLine('31', 1) + row('10') + row('20'))])
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('delivered-with-warnings')
    expect(it.receipts.rows()[0]?.content.warnings.map(warning => warning.code)).toEqual([
      'more-rows-than-promised',
      'total-differs',
    ])
    expect(it.receipts.rows()[0]?.content.controlTotals[0]?.match).toBe(false)
  })
})

describe('a download that is cut', () => {
  const etag = { 'content-type': 'text/csv', etag: '"v1"' }

  it('goes on behind what came, where the server can', async () => {
    const it = await room([{ ...served(sae, etag), cutAfter: 100, ranges: true }])
    await it.service.request(id, asked)
    expect(await quiet(it)).toMatchObject({ state: 'waiting', partial: { bytes: 100, validator: '"v1"' } })
    await it.clock.advance(seconds(2))
    expect((await quiet(it)).state).toBe('delivered')
    expect(it.server.asked).toEqual([null, { from: 100, validator: '"v1"' }])
    expect(Object.values(visible(it))).toEqual([sae])
  })

  it('begins anew where the server answers with the whole file', async () => {
    const it = await room([{ ...served(sae, etag), cutAfter: 100 }])
    await it.service.request(id, asked)
    await quiet(it)
    await it.clock.advance(seconds(2))
    expect((await quiet(it)).state).toBe('delivered')
    expect(Object.values(visible(it))).toEqual([sae])
  })

  it('asks for no range without a validator', async () => {
    const it = await room([{ ...served(sae), cutAfter: 100, ranges: true }])
    await it.service.request(id, asked)
    await quiet(it)
    await it.clock.advance(seconds(2))
    expect((await quiet(it)).state).toBe('delivered')
    expect(it.server.asked).toEqual([null, null])
  })

  it('shorter than promised without a sign of it is no file', async () => {
    const it = await room([
      served(sae, { 'content-type': 'text/csv', 'content-length': String(sae.length + 1) }),
    ])
    await it.service.request(id, asked)
    expect(await quiet(it)).toMatchObject({
      state: 'waiting',
      error: { code: 'truncated', facts: { expectedBytes: sae.length + 1, bytes: sae.length } },
    })
  })

  it('no length is compared where the body was compressed on the way', async () => {
    const it = await room([
      served(sae, { 'content-type': 'text/csv', 'content-length': '7', 'content-encoding': 'gzip' }),
    ])
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('again and again is unreachable, and is tried at long intervals until it works', async () => {
    const it = await room([served(sae)])
    it.server.refusals.push(...Array.from({ length: 6 }, () => new AppError('connection-cut')))
    await it.service.request(id, asked)
    for (let waited = 0; (await quiet(it)).state !== 'delivered' && waited < 60; waited += 1) {
      await it.clock.advance(minutes(1))
    }
    const cuts = it.deliveries.journal.filter(entry => entry.endsWith(': connection-cut'))
    expect(cuts.map(entry => entry.replace(/^.* → (.*):.*$/, '$1'))).toEqual([
      'waiting',
      'waiting',
      'waiting',
      'waiting',
      'unreachable',
      'unreachable',
    ])
    expect((await quiet(it)).state).toBe('delivered')
    expect(it.published.filter(event => event.kind === 'needs-you')).toHaveLength(1)
  })
})

describe('names in an archive that does not say how they are written', () => {
  const archive = servedZip(
    zipBytes([{ name: Buffer.from([0xdc, 0x2e, 0x74, 0x78, 0x74]), flags: 0, data: sae }]),
  )

  it('are said to be doubtful', async () => {
    const it = await room([archive])
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('delivered-with-warnings')
    expect(it.receipts.rows()[0]?.content.warnings).toEqual([
      { code: 'names-doubtful', facts: { file: '▄.txt', files: 1 } },
    ])
  })

  it('are read as the destination says', async () => {
    const it = await room([archive], { destination: { archiveNames: 'windows-1252' } })
    await it.service.request(id, asked)
    expect((await quiet(it)).state).toBe('delivered')
    expect(Object.keys(visible(it))).toEqual(['Ü.txt'])
  })
})

it('an archive over the limits is refused for that only until they are raised', async () => {
  const claimed = { bytes: 250 * 1024 ** 3, packedBytes: 1024 ** 3, zip64: true }
  const it = await room([servedZip(zipBytes([{ name: 'a.txt', data: sae, ...claimed }]))])
  let factor = 1
  Object.assign(it.world, { archiveFactor: async () => factor })
  await it.service.request(id, asked)
  const refused = await quiet(it)
  expect([refused.state, refused.error?.code]).toEqual(['not-what-it-claims', 'archive-bomb'])
  factor = 10
  await it.service.retry(refused.id)
  // It is let in now, and found out: it claims more bytes than it has.
  expect(await quiet(it)).toMatchObject({ error: { code: 'damaged-archive' } })
})

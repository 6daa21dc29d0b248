import { describe, expect, it } from 'vitest'
import { deliveryId } from '../../../main/core/ids.ts'
import { receiptPage } from '../../../main/core/receipts/receipt-page.ts'
import type { ReceiptContent } from '../../../main/core/receipts/types.ts'
import type { ExchangeProofs } from '../../../preload/contract/receipts.ts'
import { aReceipt, receiptContent } from '../../fakes/receipts.ts'

const page = (patch: Partial<ReceiptContent> = {}) => receiptPage(aReceipt(null, deliveryId('d'), patch), [])
const file = (n: number) => ({
  path: `/srv/erp/in/f${n}.txt`,
  bytes: n,
  sha256: 'ab'.repeat(32),
  crc32: null,
  rows: null,
})
/** Every text of `content`, in whatever depth, replaced. */
function everywhere(text: string): ReceiptContent {
  const replaced = JSON.stringify(receiptContent(), (key, value) =>
    typeof value === 'string' && !['outcome', 'mark', 'system', 'code'].includes(key) ? text : value,
  )
  return JSON.parse(replaced)
}

describe('the page of a receipt', () => {
  it('says what was delivered, and by what it can be proven', () => {
    const receipt = aReceipt(null, deliveryId('d'))
    const html = receiptPage(receipt, [])
    for (const said of [
      'Receipt 1',
      'Acme EU',
      'gJ$12abc',
      'a.txt',
      '00000001',
      receipt.hash,
      'by erika',
      ' UTC',
      'yesterday',
      'They match',
      'Written by Extract Desk 0.1.0',
    ])
      expect(html).toContain(said)
  })

  it('says by what the requests and their answers can be recognised, or why by nothing', () => {
    const asked = (method: string, status: number | null): ExchangeProofs => ({
      version: 1,
      recorded: [
        {
          method,
          requestSha256: `of-${method}`,
          requestHeaders: [],
          answer: status === null ? null : { status, sha256: `of-${status}`, headers: [] },
        },
      ],
      more: 2,
    })
    const [received] = receiptContent().received
    if (!received) throw new Error('Something was received')
    const html = page({
      startExchanges: asked('POST', null),
      received: [{ ...received, exchanges: asked('GET', 206) }],
    })
    for (const said of [
      'POST · SHA-256 of-POST (last of 3)',
      'none came',
      'GET · SHA-256 of-GET',
      '206 · SHA-256 of-206',
    ])
      expect(html).toContain(said)
    expect(page({ startExchanges: null })).toContain('the job was started elsewhere')
    expect(page().match(/not recorded: this receipt is older than that/g)).toHaveLength(2)
    const none: ExchangeProofs = { version: 1, recorded: [], more: 0 }
    expect(page({ received: [{ ...received, exchanges: none }] })).toContain('none was sent')
    // Of two downloads, one of which is from before: no half is called the whole.
    const half = page({ startExchanges: null, received: [{ ...received, exchanges: none }, received] })
    expect(half).toContain('not recorded')
  })

  it('cannot be made to carry markup, whatever the names are', () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror='x'>&amp;`
    const html = page(everywhere(hostile))
    expect(html).not.toMatch(/<script|<img|onerror='/)
    expect(html).toContain('&lt;script&gt;')
    // What is between the tags is escaped, and there are no tags but ours.
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/g)].map(match => match[1]))
    const ours = page()
    for (const tag of tags) expect(ours).toContain(`<${tag}`)
  })

  it('shows characters that steer instead of obeying them', () => {
    const html = page({ folder: 'in\u202egnp.exe\u0000\n\ud800' })
    expect(html).toContain('in\ufffdgnp.exe\ufffd\ufffd\ufffd')
  })

  it('lists so much as fits, and counts the rest', () => {
    const files = Array.from({ length: 2000 }, (_, n) => file(n))
    const total = {
      file: '/srv/erp/in/a',
      headerRows: 1,
      headerTotal: '1',
      rows: 1,
      total: '1',
      match: false,
    }
    const html = page({
      files,
      controlTotals: files.map(() => total),
      warnings: files.map(() => ({ code: 'empty-extract', facts: {} })),
    })
    expect(html).toContain('Files (2,000)')
    expect(html).toContain('and 1,994 more files, each listed in the receipt’s JSON file')
    expect(html).toContain('and 1,996 more files with totals')
    expect(html).toContain('and 1,997 more warnings')
    expect(html.length).toBeLessThan(20_000)
  })

  it('keeps the end of what is too long, which tells two of them apart', () => {
    const html = page({ files: [{ ...file(1), path: `/srv/erp/in/${'x'.repeat(4000)}_20261101.txt` }] })
    expect(html).toContain('…')
    expect(html).toContain('x_20261101.txt')
    expect(html).not.toContain('x'.repeat(100))
  })
})

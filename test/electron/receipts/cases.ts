import { deliveryId } from '../../../main/core/ids.ts'
import { receiptPage } from '../../../main/core/receipts/receipt-page.ts'
import type { ReceiptContent, Review } from '../../../main/core/receipts/types.ts'
import type { ExchangeProofs } from '../../../preload/contract/receipts.ts'
import { aReceipt, aReview } from '../../fakes/receipts.ts'

const page = (patch: Partial<ReceiptContent> = {}, reviews: readonly Review[] = []) =>
  receiptPage(aReceipt(null, deliveryId('d'), patch), reviews)

const received = { name: 'a', declaredType: null, validator: null, bytes: 1, sha256: 'ab'.repeat(32) }
const manyExchanges = (method: string): ExchangeProofs => ({
  version: 1,
  recorded: Array.from({ length: 100 }, () => ({
    method,
    requestSha256: 'ab'.repeat(32),
    requestHeaders: [],
    answer: { status: 206, sha256: 'ab'.repeat(32), headers: [] },
  })),
  more: Number.MAX_SAFE_INTEGER,
})

/** As much as there can be, of the widest letters there are. */
function full(letter: string): string {
  const long = letter.repeat(4000)
  const files = Array.from({ length: 300 }, (_, n) => ({
    path: `/srv/${long}/${long}${n}.txt`,
    bytes: Number.MAX_SAFE_INTEGER,
    sha256: 'ab'.repeat(32),
    crc32: 'ffffffff',
    rows: Number.MAX_SAFE_INTEGER,
  }))
  const total = { headerRows: 9_999_999_999, headerTotal: '9'.repeat(40), rows: 1, total: '9'.repeat(40) }
  const time = { raw: long, at: null, zoneAssumed: false }
  const patch: Partial<ReceiptContent> = {
    files,
    folder: `/srv/${long}`,
    marker: `/srv/${long}/${long}`,
    archive: { name: long, bytes: Number.MAX_SAFE_INTEGER, sha256: 'ab'.repeat(32) },
    definition: { ...aReceipt(null, deliveryId('d')).content.definition, name: long },
    connection: { ...aReceipt(null, deliveryId('d')).content.connection, name: long, url: long },
    remoteJobId: long,
    rawStatus: long,
    requestedBy: long,
    jobStartedAt: time,
    jobEndedAt: time,
    jobAnswerSha256: 'ab'.repeat(32),
    startExchanges: manyExchanges('W'.repeat(12)),
    received: [{ ...received, exchanges: manyExchanges('W'.repeat(12)) }],
    appVersion: long,
    controlTotals: files.map(file => ({ ...total, file: file.path, match: false })),
    warnings: files.map(() => ({ code: 'name-changed', facts: { from: long, to: long } })),
  }
  const receipt = aReceipt(null, deliveryId('d'), patch)
  return page(patch, [aReview(receipt, long), aReview(receipt, 'otto')])
}

/** What is printed, by the name of its file. */
export const cases: Readonly<Record<string, string>> = {
  plain: page(),
  languages: page({
    requestedBy: '山田 太郎',
    folder: '/srv/Büro/Отдел/財務部',
    remoteJobId: 'שלום สวัสดี 한국어',
  }),
  'full-latin': full('W'),
  'full-chinese': full('漢'),
  'full-thai': full('ที่'),
  hostile: page({ requestedBy: '</style><img src="http://127.0.0.1:9/x"><script>document.title=1</script>' }),
}

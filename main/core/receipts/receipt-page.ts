import { relative } from 'node:path'
import type { ExchangeProofs } from '../../../preload/contract/receipts.ts'
import { figures, receiptWarning, receiptPage as text } from '../../../preload/contract/text/index.ts'
import { type Instant, isoOf, type SystemTime } from '../time.ts'
import type { Receipt, ReceiptContent, Review } from './types.ts'

/**
 * A receipt as one page of HTML to be printed on A4: no script, nothing to be fetched, every text escaped.
 *
 * It is one page however much there is to say: what is listed is bounded, each line of a list has a height that no
 * text can change, and what does not fit is counted and named as being in the JSON file. A name or a path that is too
 * long for its line keeps its end, which is what tells two of them apart.
 */
export function receiptPage(receipt: Receipt, reviews: readonly Review[]): string {
  const { number, content } = receipt
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(text.title(number))}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(text.title(number))}</h1>
<p class="outcome">${escaped(text.outcomes[content.outcome])}</p>
<p class="lead">${escaped(text.lead)} <span class="hash">${escaped(receipt.id)}</span></p>
</header>
${facts(aboutOf(content))}
${filesOf(content)}
${totalsOf(content)}
${warningsOf(content)}
<section>
<h2>${escaped(text.chain)}</h2>
${facts([...chainOf(receipt), reviewedOf(reviews)])}
<p class="lead">${escaped(text.howToCheck)}</p>
</section>
<footer>${escaped(text.written(content.appVersion))}</footer>
</body>
</html>
`
}

/** With these a page is full but never too full: about 740 of the 757 points that A4 has between its margins. */
const most = { files: 6, totals: 4, warnings: 3, characters: 96, nameCharacters: 64 } as const

const style = `
@page { size: A4; margin: 15mm; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html { font: 8.5pt/12pt 'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; color: #151614; }
header { display: grid; grid-template-columns: 1fr auto; align-items: baseline; margin-bottom: 8pt; }
h1 { font-size: 17pt; line-height: 22pt; font-weight: 600; }
h2 { font-size: 9pt; line-height: 12pt; font-weight: 600; margin-top: 10pt; border-bottom: 0.5pt solid #151614; }
.outcome { font-weight: 600; }
.lead { grid-column: 1 / -1; max-height: 36pt; overflow: hidden; color: #4a4c48; }
dl { display: grid; grid-template-columns: 34mm 1fr; padding-top: 3pt; }
dt { color: #4a4c48; }
dd, td, th, li, footer { height: 12pt; overflow: hidden; white-space: pre; text-overflow: ellipsis; }
dd.two { height: auto; max-height: 24pt; white-space: normal; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin-top: 3pt; }
th { text-align: left; font-weight: 400; color: #4a4c48; }
.n { width: 30mm; text-align: right; font-variant-numeric: tabular-nums; }
.short { width: 20mm; text-align: right; }
.half { width: 48mm; text-align: right; font-variant-numeric: tabular-nums; }
.hash { font-family: 'Noto Sans Mono', Consolas, Menlo, 'DejaVu Sans Mono', monospace; font-size: 7pt; }
li { list-style: none; }
footer { margin-top: 8pt; color: #4a4c48; }
`

type Fact = readonly [label: string, value: string, kind?: 'hash' | 'two']

function facts(list: readonly (Fact | null)[]): string {
  const rows = list.flatMap(fact => {
    if (fact === null) return []
    const [label, value, kind] = fact
    return `<dt>${escaped(label)}</dt><dd${kind ? ` class="${kind}"` : ''}>${escaped(value)}</dd>`
  })
  return `<dl>${rows.join('')}</dl>`
}

function aboutOf(content: ReceiptContent): readonly (Fact | null)[] {
  const { labels } = text
  const { connection, definition, archive, rawStatus } = content
  const job = `${content.remoteJobId}${rawStatus === null ? '' : ` · ${text.status(rawStatus)}`}`
  return [
    [labels.definition, short(definition.name)],
    [labels.connection, short(`${connection.name} · ${connection.system} · ${text.marks[connection.mark]}`)],
    [labels.address, short(connection.url)],
    [labels.job, short(job)],
    content.jobStartedAt && [labels.started, short(systemTime(content.jobStartedAt))],
    content.jobEndedAt && [labels.ended, short(systemTime(content.jobEndedAt))],
    [labels.requested, short(text.by(utc(content.requestedAt), content.requestedBy))],
    [labels.delivered, utc(content.deliveredAt)],
    [labels.folder, short(content.folder, 2 * most.characters), 'two'],
    archive && [labels.archive, short(`${archive.name} · ${archive.bytes} ${text.fileColumns.bytes}`)],
    archive && ['', `${text.sha} ${archive.sha256}`, 'hash'],
    content.marker === null ? null : [labels.marker, short(belowFolder(content, content.marker))],
    content.jobAnswerSha256 === undefined ? null : [labels.answer, content.jobAnswerSha256, 'hash'],
    ...exchangeOf(labels.startRequest, content.startExchanges),
    ...exchangeOf(labels.fileRequest, fileExchangesOf(content)),
  ]
}

/** What brought all files of the delivery; undefined where that was not recorded of each. */
function fileExchangesOf({ received }: ReceiptContent): ExchangeProofs | undefined {
  const all = received.map(({ exchanges }) => exchanges)
  const known = all.filter(exchanges => exchanges !== undefined)
  if (known.length < all.length) return undefined
  return {
    version: 1,
    recorded: known.flatMap(({ recorded }) => recorded),
    more: known.reduce((sum, { more }) => sum + more, 0),
  }
}

/** The last request, which was answered with what was taken, and its answer; the others are counted. */
function exchangeOf(label: string, exchanges: ExchangeProofs | null | undefined): readonly Fact[] {
  if (exchanges === undefined) return [[label, text.notRecorded]]
  if (exchanges === null) return [[label, text.startedElsewhere]]
  const last = exchanges.recorded.at(-1)
  if (!last) return [[label, text.noRequest]]
  const { method, requestSha256, answer } = last
  const request = text.digested(method, requestSha256)
  const count = exchanges.recorded.length + exchanges.more
  const { answered } = text.labels
  return [
    [label, count > 1 ? text.lastOf(request, count) : request, 'hash'],
    answer ? [answered, text.digested(answer.status, answer.sha256), 'hash'] : [answered, text.noAnswer],
  ]
}

function chainOf({ hash, previousHash }: Receipt): readonly Fact[] {
  const { labels, first } = text
  return [
    [labels.hash, hash, 'hash'],
    previousHash === null ? [labels.previous, first] : [labels.previous, previousHash, 'hash'],
  ]
}

/** One line, so that the page stays one: the review of another account before a self-review, and how many more. */
function reviewedOf(reviews: readonly Review[]): Fact | null {
  const shown = reviews.find(({ content }) => !content.ownRun) ?? reviews[0]
  if (!shown) return null
  const { reviewedAt, reviewedBy, ownRun } = shown.content
  const who = text.by(utc(reviewedAt), reviewedBy)
  return [text.labels.reviewed, short(text.reviewed(who, ownRun, reviews.length - 1))]
}

function filesOf(content: ReceiptContent): string {
  const { fileColumns } = text
  const rows = content.files.slice(0, most.files).map(
    file => `<tr><td>${escaped(short(belowFolder(content, file.path), most.nameCharacters))}</td>
<td class="n">${figure(file.bytes)}</td><td class="short">${figure(file.rows)}</td><td class="short hash">${escaped(file.crc32 ?? '')}</td></tr>
<tr><td colspan="4" class="hash">${escaped(`${text.sha} ${file.sha256}`)}</td></tr>`,
  )
  return `<section><h2>${escaped(text.files(content.files.length))}</h2>
<table><thead><tr><th>${escaped(fileColumns.name)}</th><th class="n">${escaped(fileColumns.bytes)}</th>
<th class="short">${escaped(fileColumns.rows)}</th><th class="short">${escaped(fileColumns.crc)}</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>${more(content.files.length - most.files, text.moreFiles)}</section>`
}

function totalsOf(content: ReceiptContent): string {
  const { controlTotals } = content
  if (controlTotals.length === 0) return ''
  const { totalsColumns, rowsAndTotal } = text
  const rows = controlTotals.slice(0, most.totals).map(
    one => `<tr><td>${escaped(short(belowFolder(content, one.file), 32))}</td>
<td class="half">${escaped(short(rowsAndTotal(one.headerRows, one.headerTotal), 36))}</td>
<td class="half">${escaped(short(rowsAndTotal(one.rows, one.total), 36))}</td>
<td class="short">${escaped(one.match ? totalsColumns.match : totalsColumns.differ)}</td></tr>`,
  )
  return `<section><h2>${escaped(text.totals)}</h2>
<table><thead><tr><th>${escaped(totalsColumns.file)}</th><th class="half">${escaped(totalsColumns.promised)}</th>
<th class="half">${escaped(totalsColumns.counted)}</th><th class="short"></th></tr></thead>
<tbody>${rows.join('')}</tbody></table>${more(controlTotals.length - most.totals, text.moreTotals)}</section>`
}

function warningsOf({ warnings }: ReceiptContent): string {
  if (warnings.length === 0) return ''
  const lines = warnings
    .slice(0, most.warnings)
    .map(warning => `<li>${escaped(short(receiptWarning(warning), 130))}</li>`)
  return `<section><h2>${escaped(text.warnings)}</h2>
<ul>${lines.join('')}</ul>${more(warnings.length - most.warnings, text.moreWarnings)}</section>`
}

const more = (n: number, sentence: (n: number) => string): string =>
  n > 0 ? `<p class="lead">${escaped(sentence(n))}</p>` : ''

const figure = (n: number | null): string => (n === null ? '' : escaped(figures.number(n)))

/** `2026-11-01 18:30:02 UTC` */
const utc = (at: Instant): string => `${isoOf(at).slice(0, 19).replace('T', ' ')} UTC`
const systemTime = ({ at, raw }: SystemTime): string => (at === null ? raw : text.systemTime(utc(at), raw))

const belowFolder = ({ folder }: ReceiptContent, path: string): string => relative(folder, path) || path

/** At most so many characters, the middle left out: the end of a path says more than its beginning. */
function short(value: string, characters: number = most.characters): string {
  const units = [...value]
  if (units.length <= characters) return value
  const tail = Math.ceil(characters * 0.6)
  return `${units.slice(0, characters - tail - 1).join('')}…${units.slice(-tail).join('')}`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** As text within HTML. Characters that steer (line ends, writing direction) are shown as what they are: not a space. */
function escaped(value: string): string {
  return value
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]|\p{Cs}/gu, '\ufffd')
    .replace(/[&<>"']/g, character => entities[character] ?? character)
}

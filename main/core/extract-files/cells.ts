/**
 * The cells of one record, whose bounds createRecords has found, by the same rules: a cell that begins with a quote ends
 * with the next single one, and what follows that up to the delimiter is taken as it stands; a quote elsewhere is a
 * character like any other; where the closing one is missing, the cell goes on to the record's end. A carriage return
 * at the record's end belongs to the line's, unless lines end with nothing else.
 */
export function cellsOf(
  record: string,
  delimiter: string | null,
  lineEnd: 'line-feed' | 'carriage-return' = 'line-feed',
): readonly string[] {
  const withoutReturn = (text: string): string =>
    lineEnd === 'line-feed' && text.endsWith('\r') ? text.slice(0, -1) : text
  if (delimiter === null) return [withoutReturn(record)]
  if (!record.includes('"')) return withoutReturn(record).split(delimiter)
  const cells: string[] = []
  for (let at = 0; at <= record.length; ) {
    const quoted = record[at] === '"' ? quotedFrom(record, at) : { text: '', end: at, closed: true }
    const found = quoted.closed ? record.indexOf(delimiter, quoted.end) : -1
    const end = found < 0 ? record.length : found
    const rest = record.slice(quoted.end, end)
    cells.push(quoted.text + (found < 0 && quoted.closed ? withoutReturn(rest) : rest))
    if (found < 0) break
    at = end + 1
  }
  return cells
}

/** What stands in quotes, and where the text goes on behind them. */
function quotedFrom(record: string, at: number) {
  let text = ''
  for (let from = at + 1; ; ) {
    const end = record.indexOf('"', from)
    if (end < 0) return { text: text + record.slice(from), end: record.length, closed: false }
    text += record.slice(from, end)
    if (record[end + 1] !== '"') return { text, end: end + 1, closed: true }
    text += '"'
    from = end + 2
  }
}

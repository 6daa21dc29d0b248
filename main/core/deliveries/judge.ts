import type { ControlTotals, WarningView } from '../../../preload/contract/receipts.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import { AppError } from '../errors.ts'
import type { StagedFile } from './types.ts'

/** What a destination takes that is otherwise refused. */
type Accepted = Pick<Destination, 'allowEmpty' | 'acceptFewerRows'>

/**
 * Looks at what a job's files hold. Throws `fewer-rows-than-promised` where a file has fewer rows than its first line
 * says, and `empty-extract` where there is nothing in any of them, and that is not accepted. What is accepted, and
 * what else differs, is a warning: it is delivered, and said.
 */
export function judge(
  files: readonly StagedFile[],
  { allowEmpty, acceptFewerRows }: Accepted,
): readonly WarningView[] {
  const different = files.flatMap(differences)
  const fewer = different.find(({ code }) => code === fewerRows)
  if (fewer && !acceptFewerRows) throw new AppError(fewerRows, { facts: fewer.facts })
  const empty = files.filter(file => file.contents?.empty)
  const looked = files.filter(file => file.contents !== null)
  if (empty.length === looked.length && (looked.length > 0 || files.length === 0)) {
    if (!allowEmpty) throw new AppError('empty-extract', { facts: { files: files.length } })
    return [{ code: 'empty-extract', facts: { files: files.length } }, ...different]
  }
  return [...empty.map(({ original }) => ({ code: 'file-empty', facts: { file: original } })), ...different]
}

const fewerRows = 'fewer-rows-than-promised'

function differences({ original: file, contents }: StagedFile): readonly WarningView[] {
  const { header, journal } = contents ?? {}
  if (!header) return []
  const rows = contents?.rows ?? header.rows
  const found: WarningView[] = []
  if (rows < header.rows) found.push({ code: fewerRows, facts: { file, expectedRows: header.rows, rows } })
  if (rows > header.rows)
    found.push({ code: 'more-rows-than-promised', facts: { file, expectedRows: header.rows, rows } })
  if (journal && journal.unread > 0)
    found.push({ code: 'amounts-not-read', facts: { file, rows: journal.unread } })
  else if (journal && !journal.match) {
    found.push({ code: 'total-differs', facts: { file, expected: header.total, total: journal.total } })
  }
  return found
}

/** The control totals of an accounting extract, for its receipt; null where the file has none. */
export function controlTotals(
  file: string,
  { contents }: Pick<StagedFile, 'contents'>,
): ControlTotals | null {
  const { header, journal, rows } = contents ?? {}
  if (!header || !journal || rows === null || rows === undefined) return null
  return {
    file,
    headerRows: header.rows,
    headerTotal: header.total,
    rows,
    total: journal.total,
    match: journal.match && rows === header.rows,
  }
}

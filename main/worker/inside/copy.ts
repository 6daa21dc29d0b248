import { open, rename, rm } from 'node:fs/promises'
import { writeXlsxStream } from 'hucre/xlsx'
import type { WorkOptions } from '../../core/deliveries/file-work.ts'
import { systemCode } from '../../core/deliveries/files.ts'
import { AppError, isAppError } from '../../core/errors.ts'
import type { Copied, ViewedFile, WantedCopy } from '../../core/inside/inside-work.ts'
import { masked } from '../../core/inside/mask.ts'
import { sheetLimits, workbookCell } from '../../core/inside/workbook-cell.ts'
import { isKept, readBlock, rowsIn } from './rows.ts'

/**
 * Writes rows as a workbook, in any number with the memory of a few megabytes: beside its place under another name, which
 * becomes its own when the workbook is whole. Throws `not-written`, `no-space`, `file-changed`, `cancelled`.
 */
export async function copyRows(
  file: ViewedFile,
  wanted: WantedCopy,
  { signal, onProgress }: WorkOptions,
): Promise<Copied> {
  const { to, columns, spans, sheetRows } = wanted
  const hidden = new Set(wanted.masked)
  const draft = `${to}.part`
  let rows = 0
  let cellsCut = 0

  async function* cells() {
    for (const span of spans) {
      if (signal.aborted) throw new AppError('cancelled')
      const block = await readBlock(file, span)
      for (const row of rowsIn(block, file.format, at => isKept(span, at))) {
        if (signal.aborted) throw new AppError('cancelled')
        rows += 1
        yield columns.map(({ column, money }) => {
          const value = row.cells[column] ?? ''
          if (value.length > sheetLimits.characters) cellsCut += 1
          return hidden.has(column) ? masked(value) || null : workbookCell(value, money)
        })
      }
      block.leave()
      onProgress(span.to - span.from)
    }
  }

  try {
    const handle = await open(draft, 'w')
    try {
      const workbook = writeXlsxStream(cells(), {
        name: 'Rows',
        columns: columns.map(({ name }) => ({ header: name })),
        freezePane: { rows: 1, columns: 1 },
        maxRowsPerSheet: sheetRows,
        zip64: spans.reduce((sum, { from, to: end }) => sum + end - from, 0) > 256 * 1024 * 1024,
      })
      for await (const piece of workbook) await handle.writeFile(piece)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, to)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    if (isAppError(error)) throw error
    const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(systemCode(error) ?? '')
    throw new AppError(full ? 'no-space' : 'not-written', { facts: { path: to }, cause: error })
  }
  // The names of the columns stand on every sheet.
  return { rows, cellsCut, sheets: Math.max(1, Math.ceil(rows / (sheetRows - 1))) }
}

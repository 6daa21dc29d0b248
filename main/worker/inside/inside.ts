import type { WorkOptions } from '../../core/deliveries/file-work.ts'
import { AppError } from '../../core/errors.ts'
import type { InsideAnswer, InsideAsk } from '../../core/inside/inside-work.ts'
import { gunzipFile } from './gunzip.ts'
import { indexFile } from './index-scan.ts'
import { openFile } from './open-file.ts'
import { addUp, filterRows, findText, readRows, valuesOf } from './scans.ts'

/** Answers one ask about a file, in whatever thread this is called. */
export async function lookInside(ask: InsideAsk, options: WorkOptions): Promise<InsideAnswer> {
  if (options.signal.aborted) throw new AppError('cancelled')
  switch (ask.what) {
    case 'open':
      return openFile(ask.path)
    case 'index':
      return indexFile(ask.file, ask.header, ask.columns, options)
    case 'rows':
      return readRows(ask.file, ask.wanted)
    case 'find':
      return findText(ask.file, ask.span, ask.wanted)
    case 'filter':
      return filterRows(ask.file, ask.span, ask.wanted)
    case 'values':
      return valuesOf(ask)
    case 'add-up':
      return addUp(ask)
    case 'gunzip':
      return gunzipFile(ask, options)
    case 'copy': {
      // The library for workbooks is read only by who makes one.
      const { copyRows } = await import('./copy.ts')
      return copyRows(ask.file, ask.wanted, options)
    }
  }
}

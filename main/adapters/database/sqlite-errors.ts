import { dirname } from 'node:path'
import { AppError, isAppError } from '../../core/errors.ts'

/** SQLite's error as one of ours, where it says something about the profile; anything else stays as it is. */
export function databaseError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || isAppError(error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const facts = { folder: dirname(file) }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new AppError('profile-locked', { facts, cause: error })
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new AppError('profile-damaged', { facts: { ...facts, file }, cause: error })
  }
  if (code === 'SQLITE_FULL') return new AppError('no-space', { facts, cause: error })
  // libsql reports a file it cannot open without a code of its own: the number stands in the text (14 = CANTOPEN).
  const cannotOpen = code.startsWith('SQLITE_CANTOPEN') || /Unable to open .*: 14/.test(error.message)
  if (cannotOpen || code.startsWith('SQLITE_READONLY')) {
    return new AppError('folder-not-writable', { facts, cause: error })
  }
  return error
}

/** The same of a database that is being opened: a file that cannot be read to its end was cut, or lies on a bad disk. */
export function openingError(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!code.startsWith('SQLITE_IOERR')) return databaseError(error, file)
  return new AppError('profile-damaged', { facts: { folder: dirname(file), file }, cause: error })
}

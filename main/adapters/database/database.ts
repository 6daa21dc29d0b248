import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import { AppError } from '../../core/errors.ts'
import type { Clock } from '../../core/ports.ts'
import { systemClock } from '../clock.ts'
import { migrations as allMigrations, type Migration } from './migrations/index.ts'
import { migrate } from './migrator.ts'
import { databaseError, openingError } from './sqlite-errors.ts'

/** What may be bound. No boolean: libsql 0.5 ends the whole process on one, so they are stored as 0 and 1. */
export type SqlValue = string | number | null | Uint8Array

export interface Reader {
  all(sql: string, ...values: readonly SqlValue[]): readonly unknown[]
  /** The first row, or undefined. */
  get(sql: string, ...values: readonly SqlValue[]): unknown
}
export interface Tx extends Reader {
  /** How many rows it changed. */
  run(sql: string, ...values: readonly SqlValue[]): number
  exec(sql: string): void
}
export interface Database extends Reader {
  /** Where the database file is. */
  readonly file: string
  /**
   * Runs `work` in one write transaction (BEGIN IMMEDIATE: the lock is taken first, so nothing that was read in it
   * can be outdated when it is written). All or nothing; `work` is synchronous and may not nest another one.
   */
  transaction<T>(work: (tx: Tx) => T): T
  /** A copy of the whole database as it is now, in a new file. */
  copyTo(file: string): void
  close(): void
}

export const databaseFileName = 'desk.db'
/** How long a statement waits for another process's transaction. It blocks this thread, so it is short. */
const busyTimeoutMs = 5000

/**
 * Opens the database of a profile folder, made where it is missing, and brings it up to date.
 * Throws `profile-newer` (nothing was written), `profile-damaged` (the file is kept as it is), `profile-locked`,
 * or `folder-not-writable`.
 *
 * WAL, because several processes read and write one profile. synchronous FULL, because WAL with NORMAL may forget
 * the last transactions after a power cut: a start that was journalled, sent and then forgotten would be sent again.
 */
export function openDatabase(
  folder: string,
  migrations: readonly Migration[] = allMigrations,
  clock: Pick<Clock, 'now'> = systemClock,
): Database {
  const file = join(folder, databaseFileName)
  const database = connect(folder, file)
  try {
    migrate(database, migrations, clock.now())
    return database
  } catch (error) {
    // Whatever could not be opened is left as it is, to the last byte.
    database.abandon()
    throw openingError(error, file)
  }
}

/** `abandon`: ends the connection without bringing the file up to date. */
type OpenDatabase = Database & { abandon(): void }

function connect(folder: string, file: string): OpenDatabase {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new AppError('folder-not-writable', { facts: { folder }, cause })
  }
  try {
    return wrap(new Libsql(file, { timeout: busyTimeoutMs }), file)
  } catch (error) {
    throw databaseError(error, file)
  }
}

function wrap(connection: Libsql.Database, file: string): OpenDatabase {
  const prepared = new Map<string, Libsql.Statement>()

  function statement(sql: string): Libsql.Statement {
    const known = prepared.get(sql)
    if (known) return known
    const made = connection.prepare(sql)
    prepared.set(sql, made)
    return made
  }

  /**
   * Every use of the connection goes through here, so that each error is one of ours. What comes after the end is
   * refused first: libsql ends the whole process where a closed connection is asked whether it is in a transaction.
   */
  function guarded<T>(use: () => T): T {
    if (!connection.open) throw new AppError('cancelled')
    try {
      return use()
    } catch (error) {
      throw databaseError(error, file)
    }
  }

  const tx: Tx = {
    all: (sql, ...values) => guarded(() => statement(sql).all(bindable(values))),
    get: (sql, ...values) => guarded(() => statement(sql).all(bindable(values))[0]),
    run: (sql, ...values) => guarded(() => statement(sql).run(bindable(values)).changes),
    exec: sql => guarded(() => void connection.exec(sql)),
  }

  return {
    file,
    all: tx.all,
    get: tx.get,
    transaction(work) {
      if (guarded(() => connection.inTransaction))
        throw new Error('A transaction was opened inside another one')
      tx.exec('BEGIN IMMEDIATE')
      try {
        const result = work(tx)
        if (result instanceof Promise) throw new Error('A transaction cannot wait: its work is synchronous')
        tx.exec('COMMIT')
        return result
      } catch (error) {
        // A full disk or an I/O error has rolled back already; a second ROLLBACK would hide the first error.
        if (connection.open && connection.inTransaction) connection.exec('ROLLBACK')
        throw error
      }
    },
    copyTo: target => void tx.all('VACUUM INTO ?', target),
    abandon() {
      prepared.clear()
      connection.close()
    },
    close() {
      if (!connection.open) return
      prepared.clear()
      // libsql leaves the WAL behind: after this the file alone is the whole database, as somebody who copies it
      // expects. Where that fails (another process reads just now, the file is damaged) nothing is lost: it stays.
      try {
        connection.pragma('wal_checkpoint(TRUNCATE)')
      } catch {}
      connection.close()
    },
  }
}

/** The types forbid booleans; a value that came around them must not end the process. */
function bindable(values: readonly SqlValue[]): SqlValue[] {
  const wrong = values.find(value => typeof value === 'boolean')
  if (wrong !== undefined) throw new TypeError(`A boolean cannot be bound: ${wrong}`)
  return [...values]
}

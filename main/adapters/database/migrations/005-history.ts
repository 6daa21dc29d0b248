import type { Migration } from './index.ts'

/** What a job is found by, and the facets. */
const indexed = ['connection_name', 'definition_name', 'remote_job_id', 'receipt_ids', 'file_names', 'facets']

/**
 * The history: one row a job, put together from its own row, its deliveries and their receipts, and kept so by
 * triggers, in the transaction that changes one of them. Nobody writes it by hand; `history_source` says what it is.
 *
 * `place` is when the run began, and what is newer of two that began at once: the order of the list is the order of
 * the rows, in the table as in the index of words, so that a page is read without sorting. 43 bits of milliseconds (to
 * the year 2248) and 20 bits of the job's number; a time outside of that is ordered as the nearest inside.
 *
 * `facets` are words for what can be filtered by, so that the index answers every question by itself. Joined with the
 * table instead, 100,000 hits took ten times as long; counting the rows of the table, which are wide, five times.
 */
export const history: Migration = {
  version: 5,
  name: 'history',
  up: [
    `CREATE TABLE history (
      place INTEGER PRIMARY KEY,
      job_id TEXT NOT NULL UNIQUE,
      connection_id TEXT NOT NULL,
      definition_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      job_state TEXT NOT NULL,
      listed INTEGER NOT NULL,
      delivery_id TEXT,
      delivery_state TEXT,
      receipt_id TEXT,
      delivered_at INTEGER,
      files INTEGER,
      bytes INTEGER,
      rows INTEGER,
      totals TEXT NOT NULL,
      concern TEXT,
      changed_at INTEGER NOT NULL,
      connection_name TEXT NOT NULL,
      definition_name TEXT NOT NULL,
      remote_job_id TEXT,
      receipt_ids TEXT NOT NULL,
      file_names TEXT NOT NULL,
      facets TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX history_by_concern ON history (concern, changed_at) WHERE concern IS NOT NULL',
    'CREATE INDEX history_listed ON history (definition_id, place) WHERE listed = 1',
    'CREATE INDEX history_saved ON history (definition_id, place) WHERE receipt_id IS NOT NULL',
    'CREATE INDEX history_last_saved ON history (definition_id, delivered_at) WHERE delivered_at IS NOT NULL',
    'CREATE INDEX history_delivered ON history (delivered_at) WHERE delivered_at IS NOT NULL',
    `CREATE VIEW history_receipts AS
      SELECT receipts.number, receipts.id, deliveries.job_id, iif(json_valid(content), content, '{}') AS content
      FROM receipts JOIN deliveries ON deliveries.id = receipts.delivery_id`,
    source(),
    `CREATE VIRTUAL TABLE history_words USING fts5 (
      connection_name, definition_name, remote_job_id, receipt_ids, file_names, facets,
      content = 'history', content_rowid = 'place', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
    )`,
    `CREATE TRIGGER history_added AFTER INSERT ON history BEGIN ${add('new')}; END`,
    `CREATE TRIGGER history_removed AFTER DELETE ON history BEGIN ${remove('old')}; END`,
    `CREATE TRIGGER history_changed AFTER UPDATE ON history BEGIN ${remove('old')}; ${add('new')}; END`,

    `CREATE TRIGGER history_of_new_job AFTER INSERT ON jobs BEGIN ${renew('new.id')}; END`,
    // Not when all that changed is the time to ask again.
    `CREATE TRIGGER history_of_job AFTER UPDATE ON jobs WHEN ${jobFacts('old')} IS NOT ${jobFacts('new')}
      BEGIN ${renew('new.id')}; END`,
    `CREATE TRIGGER history_of_new_delivery AFTER INSERT ON deliveries BEGIN ${renew('new.job_id')}; END`,
    `CREATE TRIGGER history_of_delivery AFTER UPDATE ON deliveries BEGIN ${renew('new.job_id')}; END`,
    `CREATE TRIGGER history_of_receipt AFTER INSERT ON receipts
      BEGIN ${renew('(SELECT job_id FROM deliveries WHERE id = new.delivery_id)')}; END`,
    `CREATE TRIGGER history_of_definition AFTER UPDATE OF name ON definitions WHEN old.name IS NOT new.name
      BEGIN UPDATE history SET definition_name = new.name WHERE definition_id = new.id; END`,
    `CREATE TRIGGER history_of_connection AFTER UPDATE OF name ON connections WHEN old.name IS NOT new.name
      BEGIN UPDATE history SET connection_name = new.name WHERE connection_id = new.id; END`,

    'INSERT INTO history SELECT * FROM history_source',
  ],
}

function source(): string {
  const began = 'coalesce(jobs.started_at, jobs.known_at)'
  const openJob = `jobs.state IN ('intent', 'starting', 'start-unknown', 'submitted', 'queued', 'running', 'unknown')`
  const waits = `delivery.state IN ('needs-space', 'needs-sign-in', 'destination-unreachable', 'conflict', 'unreachable')`
  const works = `delivery.state IN ('waiting', 'downloading', 'verifying', 'unpacking', 'publishing')`
  const failed = `delivery.state IN ('not-what-it-claims', 'finished-empty', 'file-gone')`
  const unsaved = `jobs.state = 'completed' AND receipt.id IS NULL`
  // A receipt that somebody damaged must not keep its job from being written; the receipts' own check tells of it.
  const content = `iif(json_valid(receipt.content), receipt.content, '{}')`
  const itsReceipts = 'history_receipts AS one WHERE one.job_id = jobs.id'
  return `CREATE VIEW history_source AS SELECT
    min(max(${began}, 0), 8796093022207) * 1048576 + (jobs.seq & 1048575) AS place,
    jobs.id AS job_id,
    jobs.connection_id,
    jobs.definition_id,
    ${began} AS at,
    jobs.state AS job_state,
    jobs.listed,
    delivery.id AS delivery_id,
    delivery.state AS delivery_state,
    receipt.id AS receipt_id,
    ${content} ->> '$.deliveredAt' AS delivered_at,
    json_array_length(${content}, '$.files') AS files,
    iif(receipt.id IS NULL, NULL,
      (SELECT coalesce(sum(value ->> '$.bytes'), 0) FROM json_each(${content}, '$.files'))) AS bytes,
    (SELECT sum(value ->> '$.rows') FROM json_each(${content}, '$.files')) AS rows,
    (SELECT json_group_array(value ->> '$.total') FROM json_each(${content}, '$.controlTotals')) AS totals,
    -- What Today has to look at; core/activity decides what it means.
    CASE
      WHEN ${openJob} OR ${works} OR ${waits} THEN 'open'
      WHEN jobs.origin <> 'here' AND jobs.wanted IS NULL AND delivery.id IS NULL THEN NULL
      WHEN delivery.id IS NOT NULL AND NOT ${failed} THEN NULL
      WHEN ${unsaved} AND jobs.listed = 1 AND coalesce(delivery.state, 'not-what-it-claims') = 'not-what-it-claims'
        THEN 'unsaved'
      ELSE 'ended'
    END AS concern,
    coalesce(delivery.updated_at, jobs.end_seen_at, jobs.known_at) AS changed_at,
    coalesce(connections.name, '') AS connection_name,
    definitions.name AS definition_name,
    jobs.remote_id AS remote_job_id,
    (SELECT coalesce(group_concat(one.id, ' '), '') FROM ${itsReceipts}) AS receipt_ids,
    (SELECT coalesce(group_concat(name, char(10)), '') FROM (
      SELECT ${nameIn("file.value ->> '$.path'")} AS name FROM json_each(one.content, '$.files') AS file, ${itsReceipts}
      UNION SELECT file.value ->> '$.name' FROM json_each(one.content, '$.received') AS file, ${itsReceipts}
      UNION SELECT one.content ->> '$.archive.name' FROM ${itsReceipts}
    )) AS file_names,
    'all c' || hex(jobs.connection_id)
      || CASE WHEN receipt.id IS NOT NULL THEN ' delivered' ELSE '' END
      || CASE WHEN ${unsaved} THEN ' unsaved' ELSE '' END
      || CASE
        WHEN ${waits} OR ${failed} OR jobs.state IN ('start-unknown', 'failed', 'cancelled', 'gone', 'timed-out')
          OR (jobs.state = 'completed' AND jobs.error IS NOT NULL)
          OR (jobs.state = 'not-started' AND jobs.error IS NOT NULL AND jobs.sent_at IS NOT NULL)
        THEN ' trouble' ELSE ''
      END AS facets
  FROM jobs
    JOIN definitions ON definitions.id = jobs.definition_id
    LEFT JOIN connections ON connections.id = jobs.connection_id
    LEFT JOIN deliveries AS delivery ON delivery.rowid = (SELECT max(rowid) FROM deliveries WHERE job_id = jobs.id)
    LEFT JOIN receipts AS receipt ON receipt.number = (SELECT max(one.number) FROM ${itsReceipts})
  -- Not what was merged into another row (core/jobs/job.ts, isMerged): the run has its line there.
  WHERE NOT (jobs.state = 'not-started' AND jobs.error ->> '$.code' IS 'already-running'
    AND jobs.error ->> '$.facts.jobId' IS NOT NULL)`
}

/** What follows the last separator of a path, of whatever system. */
function nameIn(path: string): string {
  const folder = `rtrim(${path}, replace(replace(${path}, '/', ''), '\\', ''))`
  return `substr(${path}, length(${folder}) + 1)`
}

/** The job's row as `history_source` has it now. */
function renew(jobId: string): string {
  return `DELETE FROM history WHERE job_id = ${jobId};
    INSERT INTO history SELECT * FROM history_source WHERE job_id = ${jobId}`
}

function jobFacts(row: 'old' | 'new'): string {
  const columns = [
    'state',
    'remote_id',
    'origin',
    'sent_at',
    'started_at',
    'end_seen_at',
    'listed',
    'wanted',
    'error',
  ]
  return `(${columns.map(column => `${row}.${column}`).join(', ')})`
}

function add(row: 'new'): string {
  return `INSERT INTO history_words (rowid, ${indexed.join(', ')})
    VALUES (${row}.place, ${indexed.map(column => `${row}.${column}`).join(', ')})`
}

function remove(row: 'old'): string {
  return `INSERT INTO history_words (history_words, rowid, ${indexed.join(', ')})
    VALUES ('delete', ${row}.place, ${indexed.map(column => `${row}.${column}`).join(', ')})`
}

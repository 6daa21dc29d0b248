/** Definitions that we keep: making one, changing one, what it asks of its system. */
export const add = 'New definition…'
export const addOf = (connection: string): string => `New definition for ${connection}…`
export const addTitle = 'New definition'
export const edit = 'Edit…'
export const editTitle = 'Edit definition'
export const remove = 'Remove…'
export const tab = 'Request'

export const form = {
  name: 'Name',
  nameWhat: 'What it is called here, and what its jobs are called at the system where that takes a name.',
  needed: 'Fill this in.',
  wrong: 'This cannot be used as it is.',
  fromFile: 'Open a request file…',
  fromFileWhat: 'A JSON file as the command line takes it; what is in it is put into the form.',
  ofFile: 'The form cannot show this request. It is checked and kept as the file has it.',
  reading: 'Reading the earlier job…',
  ofJob: 'This is what the earlier job asked for. Change what should be different.',
  ofJobNone: 'That job does not tell what it asked for. Fill in the form.',
  save: 'Save definition',
  saving: 'Checking…',
  json: 'As a request file',
} as const

export const removeDialog = {
  title: (name: string): string => `Remove ${name}?`,
  what: 'It is run and offered no more, by hand or by a schedule. Its jobs, receipts and delivered files stay, and nothing is removed at the system.',
  confirm: 'Remove definition',
} as const

/** What a period is called; `fixed` and `all` are no period of the system. */
export const ranges = {
  'last-month': 'Last month',
  'last-week': 'Last week, Monday to Sunday',
  yesterday: 'Yesterday',
  fixed: 'From one time to another',
  all: 'Everything',
} as const
export type Range = keyof typeof ranges

export const period = {
  label: 'Period',
  what: 'A period is reckoned anew for each run, from the day it is run.',
  zone: 'Time zone of the days',
  zoneWhat: 'For example Europe/Berlin or America/New_York.',
  start: 'From',
  end: 'Until',
  timeWhat: 'In UTC, for example 2026-11-01 or 2026-11-01 06:30',
  from: (start: string): string => `from ${start}`,
  until: (end: string): string => `until ${end}`,
  inZone: (range: string, zone: string): string => `${range}, days of ${zone}`,
  utc: (range: string): string => `${range}, days in UTC`,
} as const

export const icws = {
  sources: 'What is extracted',
  sourcesWhat:
    'Tables and views of the server, by the names that Interaction Administrator shows (System Configuration › Data Extractor).',
  source: (n: number): string => `Table or view ${n}`,
  kind: 'Kind',
  kinds: { table: 'Table', view: 'View' },
  name: 'Name',
  columns: 'Columns',
  columnsWhat: 'One a line, or separated by commas.',
  dateColumn: 'Column of the period',
  dateColumnWhat: 'The date and time by which rows are chosen. Empty: all rows.',
  siteColumn: 'Column of the site',
  siteColumnWhat: 'Empty: rows of all sites.',
  addSource: 'Add a table or view',
  removeSource: (n: number): string => `Remove table or view ${n}`,
  sites: 'Site ids',
  sitesWhat: 'One a line, or separated by commas. Empty: all sites.',
  facts: { tables: 'Tables', views: 'Views', sites: 'Sites', all: 'all' },
  sourceOf: (name: string, columns: string): string => `${name}: ${columns}`,
  byDate: (column: string): string => `period by ${column}`,
  bySite: (column: string): string => `site by ${column}`,
} as const

export const vault = {
  kind: 'What is extracted',
  kinds: {
    documents: { name: 'Documents', what: 'Their files, by id or by a query.' },
    versions: { name: 'Document versions', what: 'Exact versions of documents.' },
    binder: { name: 'A binder', what: 'All that is in it.' },
    'direct-data': {
      name: 'Direct Data',
      what: 'The files that Vault makes by itself. Nothing is started: a run saves the newest.',
    },
    loader: { name: 'Objects', what: 'Records of up to ten objects as CSV, by Vault Loader.' },
    job: {
      name: 'A scheduled job',
      what: 'Starts it now, which cancels its scheduled run of the current interval.',
    },
  },
  by: 'Which documents',
  bys: { ids: 'By their ids', query: 'By a VQL query' },
  ids: 'Document ids',
  idsWhat: 'One a line, or separated by commas. Vault: the number at the end of a document’s address.',
  query: 'VQL query',
  queryWhat: 'For example SELECT id FROM documents WHERE status__v = ‘Approved’. Asked anew for each run.',
  content: 'Which files of each',
  contents: {
    source: 'The source file',
    renditions: 'Its renditions',
    allversions: 'All versions, not only the newest',
    text: 'Its text',
  },
  versions: 'Versions',
  versionsWhat: 'One a line: the document’s id, a blank, and its version, for example 58 1.0',
  binder: 'Binder id',
  binderWhat: 'Vault: the number at the end of the binder’s address.',
  extractType: 'Kind of files',
  extractTypes: {
    incremental_directdata: 'Changes, every 15 minutes',
    full_directdata: 'Everything, once a day',
    log_directdata: 'Logs, once a day',
  },
  objects: 'Objects',
  object: (n: number): string => `Object ${n}`,
  objectName: 'Name',
  objectNameWhat: 'As the API calls it, for example product__v',
  fields: 'Fields',
  fieldsWhat: 'One a line, or separated by commas.',
  where: 'Only where',
  whereWhat: 'A condition as in VQL. Empty: all records.',
  addObject: 'Add an object',
  removeObject: (n: number): string => `Remove object ${n}`,
  jobId: 'Job id',
  jobIdWhat: 'Vault: Admin › Operations › Job Definitions; the number of the scheduled job.',
  idList: (ids: string, n: number): string => (n > 0 ? `${ids} and ${n} more` : ids),
  version: (id: string, major: string, minor: string): string => `${id} version ${major}.${minor}`,
} as const

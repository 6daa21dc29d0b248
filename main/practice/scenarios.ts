import type { PracticeScenario } from '../../preload/contract/words.ts'

/**
 * What the practice server does, by name. One scenario holds for the whole server; it can be changed while the
 * server runs. Facts of a run (`job`) are fixed when the job is created, everything else is looked up at each
 * request, so that a finished job can be asked for again under another scenario.
 *
 * The quirks of the real service (links to another host, `Complete` and `Completed`, …) are no scenario: they
 * are always on, since the product has to live with them.
 */
export type Scenario = Readonly<{
  about: string
  job: Readonly<{
    /** Milliseconds, divided by the option `speed`. */
    queuedMs: number
    runningMs: number
    /** A status that nobody has documented, shown between Running and the end. */
    stray: Readonly<{ status: string; ms: number }> | null
    ends: 'Completed' | 'Failed'
    fill: 'ordinary' | 'empty' | 'large'
  }>
  /** POST of a job: `lost-after` creates it and drops the connection, `lost-before` creates nothing. */
  post: 'answered' | 'lost-after' | 'lost-before' | 'conflict'
  file: 'whole' | 'bit-flipped' | 'cut' | 'html' | 'json-error'
  fileLink: boolean
  /** `rate-limited`: of three equal requests one gets a 429, one a 400, one its answer. */
  api: 'open' | 'rate-limited'
  signIn: 'open' | 'refused'
  /** Requests that one access token is good for. */
  tokenUses: number
  /** Whether a refresh token stays the same when it is used (the usual case) or is replaced. */
  refreshToken: 'stays' | 'rotates'
  /** The host as a whole: `maintenance` is 503 for everything, `silent` accepts and never answers. */
  host: 'open' | 'maintenance' | 'silent'
}>

const normal: Scenario = {
  about: 'everything works; a run is queued for 1.5 s and runs for 4 s',
  job: { queuedMs: 1_500, runningMs: 4_000, stray: null, ends: 'Completed', fill: 'ordinary' },
  post: 'answered',
  file: 'whole',
  fileLink: true,
  api: 'open',
  signIn: 'open',
  tokenUses: Number.POSITIVE_INFINITY,
  refreshToken: 'stays',
  host: 'open',
}

const job = (facts: Partial<Scenario['job']>): Scenario['job'] => ({ ...normal.job, ...facts })

export const scenarios = {
  normal,
  slow: {
    ...normal,
    about: 'a run is queued for 30 s and runs for 5 min',
    job: job({ queuedMs: 30_000, runningMs: 300_000 }),
  },
  'failing-job': { ...normal, about: 'a run ends as Failed, without a file', job: job({ ends: 'Failed' }) },
  'expired-token': {
    ...normal,
    about: 'an access token is rejected with 403 after 3 requests; a new sign-in helps',
    tokenUses: 3,
  },
  'rotating-refresh-token': {
    ...normal,
    about: 'each refresh answers with a new refresh token; using that one ends the old one (108)',
    refreshToken: 'rotates',
  },
  'rate-limited': {
    ...normal,
    about: 'of three equal requests one gets 429 with retry-after: 0, one 400 "request limit exceeded"',
    api: 'rate-limited',
  },
  maintenance: {
    ...normal,
    about: '503 with a page of HTML for everything, sign-in too',
    host: 'maintenance',
  },
  'damaged-zip': {
    ...normal,
    about: "one bit of an archive entry's data is flipped: it unpacks, but its CRC is wrong",
    file: 'bit-flipped',
  },
  'truncated-download': {
    ...normal,
    about: 'the full Content-Length is promised and the connection cut after half of it',
    file: 'cut',
  },
  'html-instead-of-file': { ...normal, about: 'the file is a login page, 200 text/html', file: 'html' },
  'json-error-with-200': {
    ...normal,
    about: 'the file is an error in JSON, with status 200',
    file: 'json-error',
  },
  'lost-post-answer': {
    ...normal,
    about: 'a run is created, but the connection is cut before the answer',
    post: 'lost-after',
  },
  'lost-post-nothing': {
    ...normal,
    about: 'the connection is cut at the start of a run, and nothing is created',
    post: 'lost-before',
  },
  'empty-extract': {
    ...normal,
    about: 'a run finds nothing: files with their header line alone, count 0',
    job: job({ fill: 'empty' }),
  },
  'missing-file-link': { ...normal, about: 'completed jobs have no file-link', fileLink: false },
  'very-large': {
    ...normal,
    about: 'a run makes a large extract (option largeBytes), streamed, never held in memory',
    job: job({ fill: 'large' }),
  },
  'unknown-status': {
    ...normal,
    about: 'after Running a job says Transforming for 10 min, then completes',
    job: job({ stray: { status: 'Transforming', ms: 600_000 } }),
  },
  'no-answer': { ...normal, about: 'every request is accepted and never answered', host: 'silent' },
  refused: { ...normal, about: 'every sign-in is refused, every access token rejected', signIn: 'refused' },
  busy: {
    ...normal,
    about: 'a run is answered with 409, though no list shows one under way',
    post: 'conflict',
  },
} as const satisfies Record<PracticeScenario, Scenario>

export type ScenarioName = PracticeScenario

export const scenarioNames = Object.keys(scenarios) as readonly ScenarioName[]

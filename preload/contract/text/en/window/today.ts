/** Today: what needs you, what runs, what was delivered. */
export const needsYou = 'Needs you'
export const running = 'Running'
export const delivered = 'Delivered since yesterday'
export const deliveredAt = 'When'
export const nothingNeedsYou = 'Nothing needs you.'
export const nothingRuns = 'Nothing runs.'
export const runSomething = 'Run an extract…'
export const nothingDelivered = 'Nothing was delivered since yesterday.'
export const elapsed = (duration: string): string => `for ${duration}`
export const usual = (duration: string): string => `usually ${duration}`
export const longerThanUsual = (duration: string): string => `longer than the usual ${duration}`
export const progressOf = (definition: string): string => `Progress of ${definition}`
export const nextTry = (when: string): string => `tried again ${when}`
export const waitsForNetwork = (left: string): string =>
  `waits for a connection that is not metered · ${left} to come`
export const since = (when: string): string => `since ${when}`

/** Until somebody presses Go on, also after a restart. */
export const paused = {
  title: 'Paused.',
  what: 'No schedule starts anything, nothing is watched for and nothing is delivered until you go on, also after a restart. What you run yourself is started all the same.',
  resume: 'Go on',
} as const

export const actions = {
  signIn: 'Sign in…',
  retry: 'Retry',
  settle: 'Settle…',
  chooseFolder: 'Choose folder…',
  deliver: 'Deliver now',
  destination: 'Destination…',
  open: 'Open',
  runNow: 'Run now',
  leave: 'Leave it',
  downloadAnyway: 'Download anyway',
  downloadAnywayOf: (definition: string): string => `Download ${definition} anyway`,
  cancel: 'Cancel',
  cancelOf: (definition: string): string => `Cancel the delivery of ${definition}`,
} as const

export const settle = {
  title: (definition: string): string => `Was ${definition} started?`,
  explain:
    'The answer to the start was lost, so only the system knows. Look at its list of jobs, then say here what you found. Nothing is started by this.',
  started: 'Yes, it was started',
  remoteId: 'Id of the job at the system',
  remoteIdWhere: {
    concur: 'SAP Concur: Expense › Extracts, in the list of jobs',
    icws: 'Interaction Administrator: System Configuration › Data Extractor, in the list of jobs',
    vault: 'Veeva Vault: Admin › Operations › Job Status',
  },
  notStarted: 'No, it was not started',
  confirm: 'Settle',
} as const

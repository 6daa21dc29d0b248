import type { OpenDesk, Terminal } from '../../../main/cli/command.ts'
import { runCommandLine } from '../../../main/cli/main.ts'
import { createThisRun } from '../../../main/core/connections/this-run.ts'
import type { Desk } from '../../../main/core/desk.ts'
import { createEvents } from '../../../main/core/events.ts'
import { createScope } from '../../../main/core/jobs/scope.ts'
import type { Clock } from '../../../main/core/ports.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { desk as fakeDesk } from '../ipc/services.ts'

export type Called = {
  readonly exit: number
  readonly out: string
  readonly err: string
  /** The one document on standard output; throws where that holds anything else. */
  readonly json: unknown
  readonly faults: readonly unknown[]
}

export type Setting = {
  readonly desk?: { readonly [S in keyof Desk]?: Partial<Desk[S]> }
  readonly stdin?: string
  readonly files?: Readonly<Record<string, string>>
  readonly columns?: number
  readonly clock?: Clock
  readonly begin?: () => Promise<void>
  readonly interrupted?: AbortSignal
  /** Opening the profile fails with this. */
  readonly closedBy?: Error
  readonly written?: Map<string, string>
}

/** One call of the command line, with everything around it in memory. What the test did not name is an error. */
export async function call(words: readonly string[], setting: Setting = {}): Promise<Called> {
  let out = ''
  let err = ''
  const faults: unknown[] = []
  const events = createEvents(error => {
    throw error
  })
  const files = new Map(Object.entries(setting.files ?? {}))
  const terminal: Terminal = {
    folder: '/work',
    platform: 'linux',
    out: async text => {
      out += text
    },
    err: text => {
      err += text
    },
    columns: setting.columns ?? null,
    stdin: async () => setting.stdin ?? '',
    read: async file => files.get(file) ?? null,
    async writeNew(file, text) {
      if (files.has(file)) return 'there'
      setting.written?.set(file, text)
      return 'written'
    },
  }
  const open: OpenDesk = {
    desk: fakeDesk(setting.desk ?? {}),
    events,
    clock: setting.clock ?? fakeClock(),
    account: 'ana',
    scope: createScope(() => {}),
    thisRun: createThisRun(),
    begin: setting.begin ?? (async () => {}),
  }
  const exit = await runCommandLine(words, {
    terminal,
    interrupted: setting.interrupted ?? new AbortController().signal,
    logFolder: '/profile/logs',
    async open() {
      if (setting.closedBy) throw setting.closedBy
      return open
    },
    async openHistory() {
      if (setting.closedBy) throw setting.closedBy
      return open.desk.history
    },
    close: async () => {},
    practise: async () => {
      throw new Error('Nobody practises here')
    },
    fault: async error => void faults.push(error),
  })
  return {
    exit,
    out,
    err,
    faults,
    get json() {
      return JSON.parse(out)
    },
  }
}

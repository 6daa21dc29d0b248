import type { PracticeScenario } from '../../preload/contract/words.ts'
import type { ThisRun } from '../core/connections/this-run.ts'
import type { Desk, HistoryService } from '../core/desk.ts'
import type { Events } from '../core/events.ts'
import type { Scope } from '../core/jobs/scope.ts'
import type { Clock } from '../core/ports.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Failure } from './failure.ts'
import type { Progress } from './progress.ts'
import type { OptionName, Words } from './words.ts'

/** What a command leaves behind. */
export type Answer = {
  /** The one document of `--json`; undefined where the command has said everything itself. */
  readonly json: unknown
  /** The same for people, a line each. */
  readonly text: readonly string[]
  readonly exit: ExitCode
  /** Set where the command came to an end that is no success. */
  readonly failure?: Failure
}

/** Where words come from and results go. */
export type Terminal = {
  /** The folder that relative paths are meant from. */
  readonly folder: string
  readonly platform: NodeJS.Platform
  out(text: string): Promise<void>
  err(text: string): void
  /** Columns of the terminal on standard error; null where it is none. */
  readonly columns: number | null
  stdin(): Promise<string>
  /** Null where it cannot be read. */
  read(file: string): Promise<string | null>
  /** Writes over nothing that is there. */
  writeNew(file: string, text: string): Promise<'written' | 'there' | 'failed'>
}

/** The desk of the profile, as one command has it. */
export type OpenDesk = {
  readonly desk: Desk
  readonly events: Pick<Events, 'subscribe'>
  readonly clock: Clock
  /** Who asks: the name of the operating system's account. */
  readonly account: string
  /** The jobs that this process works on; everything else is left to the window. */
  readonly scope: Scope
  readonly thisRun: ThisRun
  /** Finishes groups whose publishing was cut, then watches and delivers what is in scope. */
  begin(): Promise<void>
}

export type ServedPractice = { readonly listening: object; close(): Promise<void> }

export type Around = {
  readonly terminal: Terminal
  readonly progress: Progress
  /** Aborted by Ctrl-C, SIGTERM, or the end of the session. */
  readonly interrupted: AbortSignal
  /** The desk, opened when it is first asked for. */
  open(): Promise<OpenDesk>
  /** The history alone: it is there sooner, and waits for nothing of Electron's. */
  openHistory(): Promise<HistoryService>
  practise(options: {
    readonly port?: number
    readonly seed?: number
    readonly scenario?: PracticeScenario
    readonly stateDir?: string
  }): Promise<ServedPractice>
}

export type Command = (around: Around, words: Words) => Promise<Answer>

export type CommandSpec = {
  readonly name: string
  /** What stands behind it without an option, by the name it has in the help; null: nothing. */
  readonly positional: { readonly word: string; readonly least: 0 | 1; readonly most: number } | null
  readonly required: readonly OptionName[]
  readonly optional: readonly OptionName[]
  /** Exactly one of each of these. */
  readonly oneOf: readonly (readonly OptionName[])[]
  /** A signal is how it is meant to end. */
  readonly untilSignal: boolean
  readonly load: () => Promise<Command>
}

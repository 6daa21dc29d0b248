import { cli as text } from '../../preload/contract/text/cli.ts'
import { errorView, isAppError } from '../core/errors.ts'
import type { Answer, Around, OpenDesk, Terminal } from './command.ts'
import { checkWords, commandOf } from './commands.ts'
import { type ExitCode, exits } from './exit-codes.ts'
import { CommandFailed, commandFailed, failureOf, usage } from './failure.ts'
import { createProgress } from './progress.ts'
import { readWords, type Words } from './words.ts'

export type CommandLineParts = {
  readonly terminal: Terminal
  /** Aborted by a signal; its reason is the exit code that belongs to it. */
  readonly interrupted: AbortSignal
  readonly logFolder: string
  /** Opens the desk of the profile; its end waits for `ended` for a moment. */
  open(ended: Promise<unknown>): Promise<OpenDesk>
  readonly openHistory: Around['openHistory']
  /** Ends what was opened, in order. Does nothing where nothing was. */
  close(): Promise<void>
  readonly practise: Around['practise']
  /** Writes down a fault of ours; its text goes nowhere else. */
  fault(error: unknown): Promise<void>
}

/**
 * One call of the command line, from its words to its exit code. With `--json` exactly one document goes to standard
 * output, whatever happens; what people read while it works goes to standard error.
 */
export async function runCommandLine(args: readonly string[], parts: CommandLineParts): Promise<ExitCode> {
  const { terminal, interrupted } = parts
  const json = args.includes('--json')
  const answer = await answerOf(args, parts)
  const exit =
    interrupted.aborted && answer.exit === exits.interrupted ? signalExit(interrupted) : answer.exit
  if (json) {
    if (answer.json !== undefined) await terminal.out(`${JSON.stringify(answer.json)}\n`)
  } else {
    if (answer.text.length > 0) await terminal.out(`${answer.text.join('\n')}\n`)
    if (answer.failure) {
      terminal.err(`${answer.failure.message}\n${text.results.nextStep(answer.failure.next)}\n`)
    }
  }
  await parts.close()
  return exit
}

async function answerOf(args: readonly string[], parts: CommandLineParts): Promise<Answer> {
  try {
    const words = readWords(args)
    const command = commandOf(words)
    if (words.has('help')) return help(command?.spec.name ?? null)
    if (command === null) throw usage(unknown(words))
    checkWords(command.spec, command.rest, words)
    const run = await command.spec.load()
    const call = (ended: Promise<unknown>) => run(around(parts, words, ended), words)
    return await (command.spec.untilSignal ? call(Promise.resolve()) : untilInterrupted(parts, call))
  } catch (error) {
    return await failed(error, parts)
  }
}

const unknown = ({ positionals }: Words): string =>
  positionals.length === 0
    ? text.usage.noCommand
    : text.usage.unknownCommand(positionals.slice(0, 2).join(' '))

function help(command: string | null): Answer {
  const lines = (command === null ? null : text.commandHelp(command)) ?? text.general
  return { json: { help: lines }, text: lines, exit: exits.done }
}

function around(parts: CommandLineParts, words: Words, ended: Promise<unknown>): Around {
  const { terminal, interrupted, practise } = parts
  let opened: Promise<OpenDesk> | null = null
  return {
    terminal,
    interrupted,
    practise,
    openHistory: () => parts.openHistory().catch(notOpened),
    progress: createProgress(terminal, words.has('quiet')),
    open() {
      opened ??= parts.open(ended).catch(notOpened)
      return opened
    },
  }
}

/** The folder of the profile is no destination, though its errors are the same. */
function notOpened(error: unknown): never {
  if (!isAppError(error, 'folder-not-writable', 'no-space')) throw error
  throw new CommandFailed(failureOf(errorView(error), text.nothingChanged), exits.profile)
}

/**
 * Runs a command until it ends, or, after a signal, until everything that it had begun is written down: the journal
 * knows where the next call goes on, so nothing is waited for longer than that.
 */
async function untilInterrupted(
  { interrupted, close }: CommandLineParts,
  run: (ended: Promise<unknown>) => Promise<Answer>,
): Promise<Answer> {
  let end = () => {}
  const ended = new Promise<void>(resolve => {
    end = resolve
  })
  const cut = new Promise<Answer>((resolve, reject) => {
    const stop = () => void close().then(() => resolve(interruptedAnswer), reject)
    if (interrupted.aborted) stop()
    else interrupted.addEventListener('abort', stop, { once: true })
  })
  const running = run(ended).finally(end)
  return Promise.race([running, cut])
}

const interruptedAnswer: Answer = {
  json: { error: text.interrupted, outcome: 'interrupted' },
  text: [],
  exit: exits.interrupted,
  failure: text.interrupted,
}

const signalExit = ({ reason }: AbortSignal): ExitCode =>
  reason === exits.terminated ? exits.terminated : exits.interrupted

async function failed(error: unknown, { interrupted, logFolder, fault }: CommandLineParts): Promise<Answer> {
  const { failure, exit, known } = commandFailed(error)
  // What a signal cut short has failed of that, whatever it says.
  if (interrupted.aborted && exit !== exits.words) return interruptedAnswer
  if (exit === exits.fault && !(error instanceof CommandFailed)) await fault(error)
  const said =
    exit === exits.fault
      ? { ...failure, message: `${failure.message} ${text.results.logAt(logFolder)}` }
      : failure
  return { json: { error: said, ...known }, text: [], exit, failure: said }
}

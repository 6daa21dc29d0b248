import { cli as text } from '../../preload/contract/text/cli.ts'
import type { ProgressView } from '../../preload/contract/types.ts'
import type { Terminal } from './command.ts'

/** What a command tells on standard error while it works. */
export type Progress = {
  /** Something happened. Said once: the same words again are no news. */
  say(line: string): void
  /** How far a step is. */
  step(progress: ProgressView): void
  /** Takes away what stands on the terminal for the moment. */
  clear(): void
}

const silence: Progress = { say: () => {}, step: () => {}, clear: () => {} }
const eraseLine = '\r\u001b[2K'

/** A bar on a terminal, plain lines elsewhere, nothing with `--quiet`. */
export function createProgress(terminal: Pick<Terminal, 'err' | 'columns'>, quiet: boolean): Progress {
  if (quiet) return silence
  return terminal.columns === null ? lines(terminal) : bar(terminal, terminal.columns)
}

function lines({ err }: Pick<Terminal, 'err'>): Progress {
  let last = ''
  let step = ''
  const say = (line: string): void => {
    if (line === last) return
    last = line
    err(`${line}\n`)
  }
  return {
    say,
    step(progress) {
      // A line a step: a log that is kept for years needs no thousand lines of one download.
      if (progress.step === step) return
      step = progress.step
      say(`${text.progress.step(progress.step)}…`)
    },
    clear: () => {},
  }
}

const barWidth = 24

function bar({ err }: Pick<Terminal, 'err'>, columns: number): Progress {
  let last = ''
  return {
    say(line) {
      if (line === last) return
      last = line
      err(`${eraseLine}${line}\n`)
    },
    step(progress) {
      const line = `${text.progress.step(progress.step)} ${drawn(progress)} ${text.progress.amount(progress)}`
      err(`${eraseLine}${line.slice(0, columns - 1)}`)
    },
    clear: () => err(eraseLine),
  }
}

function drawn({ bytes, totalBytes }: ProgressView): string {
  if (totalBytes === null || totalBytes === 0) return `[${'-'.repeat(barWidth)}]`
  const full = Math.min(barWidth, Math.floor((bytes / totalBytes) * barWidth))
  return `[${'#'.repeat(full)}${'-'.repeat(barWidth - full)}]`
}

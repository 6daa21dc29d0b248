/** The command line's words: results, progress and failures; `help.ts` has what `--help` prints. */

export {
  badInput,
  found,
  interrupted,
  missing,
  next,
  notExported,
  nothingChanged,
  nothingStarted,
  said,
  usage,
} from './failures.ts'
export { commandHelp, commandLines, general } from './help.ts'
export * as progress from './progress.ts'
export * as results from './results.ts'
export * as tables from './tables.ts'

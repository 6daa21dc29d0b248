/** What the command line says. Apart from the window's words, which it has no use for. */
export * as cli from './en/cli/index.ts'

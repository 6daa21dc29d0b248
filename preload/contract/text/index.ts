/** The language that is spoken. The window and the main process both take their words from here. */
export * from './en/index.ts'

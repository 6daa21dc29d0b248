/** Where the window takes its words from; nothing a person reads stands anywhere else. */
export * from '../preload/contract/text/index.ts'

/** What the window says, by screen. */
export * as connections from './connections.ts'
export * as extracts from './extracts.ts'
export * as history from './history.ts'
export * as settings from './settings.ts'
export * as shell from './shell.ts'
export * as states from './states.ts'
export * as time from './time.ts'
export * as today from './today.ts'

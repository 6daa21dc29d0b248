/** What Settings says of keeping, carrying and supporting. Apart from the window's words: it is loaded with its screen. */
export * as upkeep from './en/upkeep.ts'

/** What Look inside says: loaded with its screen, as most days nobody opens it. */
export * as inside from './en/inside.ts'

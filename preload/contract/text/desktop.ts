/** What main says. The window's own words are not loaded with it: main has other things to do before the window opens. */
export * as desktop from './en/desktop.ts'
export { errorText } from './en/errors.ts'

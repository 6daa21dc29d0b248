/** All words in English. Another language is another folder with the same files. */
export * as desktop from './desktop.ts'
export { type ErrorText, errorText } from './errors.ts'
export * as figures from './figures.ts'
export { needText } from './needs.ts'
export * as receiptPage from './receipt-page.ts'
export * as schedule from './schedule.ts'
export { receiptWarning } from './warnings.ts'
export * as words from './window/index.ts'

/** What notifications say: loaded with the desk, behind the window. */
export * as notices from './en/notices.ts'

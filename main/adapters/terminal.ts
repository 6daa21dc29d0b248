import { readFile, writeFile } from 'node:fs/promises'
import { AppError } from '../core/errors.ts'

/** What a command reads and writes: the process's three streams, and files that its words name. */
export const processTerminal = {
  /** Resolves when the text has left this process: what comes after it may be its end. */
  out: (text: string): Promise<void> =>
    new Promise(resolve => {
      process.stdout.write(text, () => resolve())
    }),
  err: (text: string): void => void process.stderr.write(text),
  columns: process.stderr.isTTY ? process.stderr.columns : null,
  async stdin(): Promise<string> {
    const pieces: Buffer[] = []
    for await (const piece of process.stdin) pieces.push(Buffer.from(piece))
    return Buffer.concat(pieces).toString('utf8')
  },
  read: (file: string): Promise<string | null> => readFile(file, 'utf8').catch(() => null),
  /** `wx`: what is there already is never written over. */
  async writeNew(file: string, text: string): Promise<void> {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 }).catch((cause: unknown) => {
      const there = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
      throw new AppError(there ? 'conflict' : 'not-written', { facts: { path: file }, cause })
    })
  },
}

import { readFile, writeFile } from 'node:fs/promises'

const streams = [process.stdout, process.stderr]
// Who reads may go before the end, as `head` does. That undoes nothing of what the command did, and is no fault of ours.
for (const stream of streams) stream.on('error', () => {})

/** What a command reads and writes: the process's three streams, and files that its words name. */
export const processTerminal = {
  /** Resolves when the text has left this process: what comes after it may be its end. */
  out: (text: string): Promise<void> =>
    new Promise(resolve => {
      process.stdout.write(text, () => resolve())
    }),
  err: (text: string): void => void process.stderr.write(text),
  /** Resolves when all that was written has left this process: pipes are not written at once on every system. */
  flushed: async (): Promise<void> => {
    await Promise.all(streams.map(stream => new Promise<void>(resolve => stream.write('', () => resolve()))))
  },
  columns: process.stderr.isTTY ? process.stderr.columns : null,
  async stdin(): Promise<string> {
    const pieces: Buffer[] = []
    for await (const piece of process.stdin) pieces.push(Buffer.from(piece))
    return Buffer.concat(pieces).toString('utf8')
  },
  read: (file: string): Promise<string | null> => readFile(file, 'utf8').catch(() => null),
  /** `wx`: what is there already is never written over. */
  writeNew: (file: string, text: string): Promise<'written' | 'there' | 'failed'> =>
    writeFile(file, text, { flag: 'wx', mode: 0o600 }).then(
      () => 'written' as const,
      error => (error instanceof Error && 'code' in error && error.code === 'EEXIST' ? 'there' : 'failed'),
    ),
}

import type { ServedPractice } from './cli/command.ts'
import { AppError } from './core/errors.ts'
import type { PracticeOptions } from './practice/index.ts'

/** The simulator for whoever practises from a command line: where it listens, and what signs in to it. */
export async function servePractice(options: PracticeOptions): Promise<ServedPractice> {
  const { startPractice } = await import('./practice/index.ts')
  const practice = await startPractice(options).catch((cause: unknown) => {
    const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
    throw taken ? new AppError('bad-input', { facts: { field: 'port' }, cause }) : cause
  })
  const { url, signIn, elsewhere, definitions } = practice.concur
  return { listening: { concur: { url, signIn, elsewhere, definitions } }, close: practice.close }
}

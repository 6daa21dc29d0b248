import type { ServedPractice } from './cli/command.ts'
import { AppError } from './core/errors.ts'
import type { PracticeOptions } from './practice/index.ts'

/** The simulator for whoever practises from a command line: where each system listens, and what signs in to it. */
export async function servePractice(options: PracticeOptions): Promise<ServedPractice> {
  const { startPractice } = await import('./practice/index.ts')
  const practice = await startPractice(options).catch((cause: unknown) => {
    const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
    throw taken ? new AppError('bad-input', { facts: { field: 'port', reason: 'taken' }, cause }) : cause
  })
  const { concur, icws, vault } = practice
  return {
    listening: {
      concur: {
        url: concur.url,
        signIn: concur.signIn,
        elsewhere: concur.elsewhere,
        definitions: concur.definitions,
      },
      icws: {
        url: icws.url,
        signIn: icws.signIn,
        outputMaps: icws.outputMaps,
        requests: Object.fromEntries(icws.samples.map(({ name, request }) => [name, request])),
      },
      vault: { url: vault.url, signIn: vault.signIn, requests: vault.requests },
    },
    close: practice.close,
  }
}

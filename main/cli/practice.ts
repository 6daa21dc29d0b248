import { resolve } from 'node:path'
import { practiceScenarios } from '../../preload/contract/words.ts'
import type { Command } from './command.ts'
import { exits } from './exit-codes.ts'
import { choice, wholeNumber } from './values.ts'

/** Serves until it is ended, which is how it is meant to end. */
export const practice: Command = async (around, words) => {
  const port = wholeNumber(words, 'port', 65_535)
  const seed = wholeNumber(words, 'seed', 2 ** 31 - 1)
  const scenario = choice(words, 'scenario', practiceScenarios)
  const state = words.text('state')
  const { listening, close } = await around.practise({
    ...(port === null ? {} : { port }),
    ...(seed === null ? {} : { seed }),
    ...(scenario === null ? {} : { scenario }),
    ...(state === null ? {} : { stateDir: resolve(around.terminal.folder, state) }),
  })
  await around.terminal.out(`${JSON.stringify(listening)}\n`)
  if (!around.interrupted.aborted) {
    await new Promise(ended => around.interrupted.addEventListener('abort', ended, { once: true }))
  }
  await close()
  return { json: undefined, text: [], exit: exits.done }
}

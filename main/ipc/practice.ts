import { connectionId } from '../core/ids.ts'
import type { Handlers } from './handlers.ts'

export const practice: Handlers<'practice'> = {
  scenario: ({ practice }, id) => practice.scenario(connectionId(id)),
  choose: ({ practice }, id, scenario) => practice.choose(connectionId(id), scenario),
}

import type { Handlers } from './handlers.ts'

export const history: Handlers<'history'> = {
  search: ({ desk }, query) => desk.history.search(query),
}

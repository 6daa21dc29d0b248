import type { Handlers } from './handlers.ts'

export const updates: Handlers<'updates'> = {
  check: async ({ updates }) => updates.check(),
  restart: ({ updates }) => updates.restart(),
  later: async ({ updates }) => updates.later(),
}

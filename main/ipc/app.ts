import type { Handlers } from './handlers.ts'

export const app: Handlers<'app'> = {
  snapshot: ({ snapshot }) => snapshot(),
  ready: async ({ windowReady }) => windowReady(),
  unsaved: async ({ windowUnsaved }, there) => windowUnsaved(there),
}

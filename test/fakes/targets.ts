import type { RemoteId } from '../../main/core/ids.ts'
import type { ListQuestion, Target } from '../../main/core/systems/system.ts'

/** A definition that the server keeps, as its system is asked for it. */
export const served = (id: RemoteId): Target => ({ id, name: id, request: null })

/** A question for the whole list of one definition. */
export const listOf = (id: RemoteId): ListQuestion => ({
  targets: [served(id)],
  open: [],
  since: null,
  complete: true,
})

import type { Definition } from '../definitions/types.ts'
import type { DefinitionId, RemoteId } from '../ids.ts'
import type { JobList, ListedJob } from '../systems/system.ts'

/** What a list says of one definition. */
export type DefinitionList = JobList & {
  /** Jobs of the same connection of which nobody can tell whose they are: a lost start may be among them. */
  readonly unplaced: readonly ListedJob[]
}

export type Part = { readonly definition: Definition; readonly list: DefinitionList }

/** A list of one definition's jobs. */
export const wholePart = (definition: Definition, answer: JobList): Part => ({
  definition,
  list: { ...answer, unplaced: [] },
})

/**
 * The jobs of a connection's list by their definitions: by what the journal has them under, else by what the system
 * can tell. What belongs to none and was not asked for is nobody's business, but must not be overlooked where a start
 * is looked for.
 */
export function partsOf(
  answer: JobList,
  all: readonly Definition[],
  places: ReadonlyMap<RemoteId, readonly DefinitionId[]>,
): readonly Part[] {
  const told = new Map(all.map(definition => [definition.remoteId, definition.id]))
  const owners = ({ id, target }: ListedJob): readonly DefinitionId[] => {
    const owner = target === null ? undefined : told.get(target)
    return places.get(id) ?? (owner === undefined ? [] : [owner])
  }
  const jobsOf = new Map<DefinitionId, ListedJob[]>(all.map(({ id }) => [id, []]))
  const unplaced: ListedJob[] = []
  for (const job of answer.jobs) {
    const of = owners(job)
    if (of.length === 0) unplaced.push(job)
    for (const id of of) jobsOf.get(id)?.push(job)
  }
  return all.map(definition => ({
    definition,
    list: { ...answer, jobs: jobsOf.get(definition.id) ?? [], unplaced },
  }))
}

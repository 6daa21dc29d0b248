import type { ImportPlan } from '../../../preload/contract/settings-file.ts'
import { nameKey } from '../connections/name.ts'
import type { Connection } from '../connections/types.ts'
import type { Definition } from '../definitions/types.ts'
import type { FileDefinition, SettingsFile } from './settings-file.ts'

export type HasAlready = {
  readonly connections: readonly Connection[]
  readonly definitions: readonly Definition[]
  readonly schedules: readonly { readonly name: string }[]
}

/** What a file would do to what is there already. Pure; whether it can be done is checked elsewhere. */
export function importPlan(file: SettingsFile, has: HasAlready): Omit<ImportPlan, 'file'> {
  const idOf = new Map(has.connections.map(({ name, id }) => [nameKey(name), id]))
  const known = (one: FileDefinition): Definition | undefined =>
    has.definitions.find(row => row.connectionId === idOf.get(nameKey(one.connection)) && isRow(row, one))
  const [keptConnections, newConnections] = split(file.connections, ({ name }) => idOf.has(nameKey(name)))
  const [replaced, added] = split(file.definitions, one => known(one) !== undefined)
  const scheduled = new Set(has.schedules.map(({ name }) => nameKey(name)))
  const [replacedSchedules, newSchedules] = split(file.schedules, ({ name }) => scheduled.has(nameKey(name)))
  const decided = has.definitions.filter(
    row => !row.removed && row.kind !== 'others' && (row.kind === 'kept' || row.destination || row.watch),
  )
  const touched = new Set(replaced.map(one => known(one)?.id))
  return {
    connections: { added: newConnections.map(nameOf), kept: keptConnections.map(nameOf) },
    definitions: { added: added.map(placeOf), replaced: replaced.map(placeOf) },
    schedules: { added: newSchedules.map(nameOf), replaced: replacedSchedules.map(nameOf) },
    left: {
      connections: has.connections.length - keptConnections.length,
      definitions: decided.filter(({ id }) => !touched.has(id)).length,
      schedules: has.schedules.length - replacedSchedules.length,
    },
  }
}

/** Whether a row is the definition that a file names. */
export const isRow = (row: Definition, one: FileDefinition): boolean =>
  one.remoteId === null
    ? row.kind === 'kept' && !row.removed && nameKey(row.name) === nameKey(one.name)
    : row.remoteId === one.remoteId

const nameOf = ({ name }: { readonly name: string }): string => name
const placeOf = ({ connection, name }: FileDefinition): string => `${connection} › ${name}`

function split<T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter(one => !is(one))]
}

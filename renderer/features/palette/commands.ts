import type { ScheduleView } from '../../../preload/contract/schedules.ts'
import type { ConnectionView, DefinitionView } from '../../../preload/contract/types.ts'
import { ask, goTo, openConnection, openDefinition, openSchedule } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { command } from '../../ui/keys.ts'
import { requestEditors } from '../definitions/request-editors.tsx'

export type Command = {
  readonly id: string
  readonly name: string
  /** Which connection it belongs to, for two definitions of one name. */
  readonly about: string
  /** The keys that do the same. */
  readonly keys?: string
  readonly run: () => void
}

/** With the keys of the application's menu (main/app/menu.ts). */
const screens = [
  ['today', '1'],
  ['extracts', '2'],
  ['history', '3'],
  ['schedules', '4'],
  ['connections', '5'],
  ['settings', ','],
] as const

/** All that the palette can do: run and open every definition, make a new one, open every connection and every schedule, go to every screen. */
export function commandsFor(
  definitions: readonly DefinitionView[],
  connections: readonly ConnectionView[],
  schedules: readonly ScheduleView[],
): readonly Command[] {
  const shell = words.shell
  const nameOf = new Map(connections.map(one => [one.id, one.name]))
  const about = (definition: DefinitionView) => nameOf.get(definition.connectionId) ?? ''
  // As the list of extracts has them: by connection, in the order of the rail.
  const listed = connections.flatMap(({ id }) => definitions.filter(one => one.connectionId === id))
  return [
    ...listed
      .filter(({ removed, kind }) => !removed && kind !== 'others')
      .map(one => ({
        id: `run ${one.id}`,
        name: one.starts ? shell.paletteRun(one.name) : words.extracts.saveNewestOf(one.name),
        about: about(one),
        run: () => ask({ kind: 'run', definitionId: one.id }),
      })),
    ...listed.map(one => ({
      id: `open ${one.id}`,
      name: shell.paletteOpen(one.name),
      about: about(one),
      run: () => openDefinition(one.id),
    })),
    ...connections
      .filter(({ system }) => requestEditors[system] !== null)
      .map(one => ({
        id: `new ${one.id}`,
        name: words.definitions.addOf(one.name),
        about: '',
        run: () => goTo({ screen: 'new-definition', connectionId: one.id, jobId: null }),
      })),
    ...connections.map(one => ({
      id: `connection ${one.id}`,
      name: shell.paletteConnection(one.name),
      about: '',
      run: () => openConnection(one.id),
    })),
    ...schedules.map(one => ({
      id: `schedule ${one.id}`,
      name: shell.paletteSchedule(one.name),
      about: '',
      run: () => openSchedule(one.id),
    })),
    ...screens.map(([screen, key]) => ({
      id: `go ${screen}`,
      name: shell.paletteGo(shell[screen]),
      about: '',
      keys: command(key),
      run: () => goTo({ screen }),
    })),
    {
      id: 'shortcuts',
      name: words.keyboard.open,
      about: '',
      keys: 'F1',
      run: () => ask({ kind: 'shortcuts' }),
    },
  ]
}

/** Every word that was typed begins a word of the name or stands within it, in any order. */
export function matches(command: Command, typed: string): boolean {
  const within = `${command.name} ${command.about}`.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every(word => within.includes(word))
}

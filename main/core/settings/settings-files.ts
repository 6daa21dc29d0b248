import { checkedName, nameKey } from '../connections/name.ts'
import type { Connection, ConnectionsRepository } from '../connections/types.ts'
import type { Definition, DefinitionsRepository } from '../definitions/types.ts'
import type { DefinitionsService, SchedulesService, SettingsFilesService } from '../desk.ts'
import { AppError } from '../errors.ts'
import type { Events } from '../events.ts'
import { type ConnectionId, connectionId, definitionId, remoteId, scheduleId } from '../ids.ts'
import { checkConnectionUrl } from '../policy/url.ts'
import type { Clock, Ids, ManagedPolicy, Policy } from '../ports.ts'
import type { KnownSystem } from '../systems/system.ts'
import { isoOf } from '../time.ts'
import { importPlan, isRow } from './import-plan.ts'
import {
  type DefinitionReference,
  type FileDefinition,
  readSettingsFile,
  type SettingsFile,
  settingsFormat,
  settingsVersion,
} from './settings-file.ts'

export type SettingsFilesParts = {
  readonly connections: ConnectionsRepository
  readonly definitions: DefinitionsRepository
  readonly keptDefinitions: Pick<DefinitionsService, 'add' | 'change'>
  readonly schedules: Pick<SchedulesService, 'list' | 'save' | 'pause' | 'preview'>
  readonly system: (name: Connection['system']) => Pick<KnownSystem, 'capabilities' | 'readRequest'>
  readonly clock: Clock
  readonly ids: Ids
  readonly events: Pick<Events, 'publish'>
  readonly policy: Policy
  /** Keeps a text for whoever wants it back; its path. */
  readonly keepBefore: (name: string, text: string) => Promise<string>
}

/**
 * Carries settings from one profile to another. The rule of an import:
 *
 * - A connection of a name that is not there is added, without secrets: it waits for a sign-in.
 * - One that is there stays as it is, since its secrets belong to its address and kind of sign-in; a file that names
 *   another system or address under its name is refused as a whole.
 * - Definitions, destinations and schedules of the file replace those of the same name; nothing is removed.
 *
 * Everything is checked before anything is written, and what was there is kept as a file that can be imported again.
 */
export function createSettingsFiles(parts: SettingsFilesParts): SettingsFilesService {
  const { connections, definitions, schedules, clock, ids, events } = parts

  const saved = async () => (await connections.all()).filter(({ removedAt }) => removedAt === null)

  async function exported(): Promise<SettingsFile> {
    const all = await saved()
    const names = new Map(all.map(({ id, name }) => [id, name]))
    const own = (await definitions.all()).filter(
      ({ connectionId: id, kind, removed }) => names.has(id) && kind !== 'others' && !removed,
    )
    const referenceOf = (definition: Definition): DefinitionReference => ({
      connection: names.get(definition.connectionId) ?? '',
      name: definition.name,
      remoteId: definition.kind === 'kept' ? null : definition.remoteId,
    })
    const scheduled = await schedules.list()
    const isScheduled = new Set(scheduled.flatMap(one => one.definitionIds))
    return {
      format: settingsFormat,
      version: settingsVersion,
      connections: all.map(({ name, system, url, mark, auth, outputMaps, certificateSha256 }) => ({
        name,
        system,
        url,
        mark,
        auth,
        outputMaps: [...outputMaps],
        certificateSha256,
      })),
      // A server's own definition that nobody has decided anything for is listed again wherever somebody signs in.
      definitions: own
        .filter(one => one.kind === 'kept' || one.destination || one.watch || isScheduled.has(one.id))
        .map(one => ({
          ...referenceOf(one),
          request: one.request,
          destination: one.destination,
          watch: one.watch,
        })),
      schedules: scheduled.map(({ name, definitionIds, timetable, missed, paused }) => ({
        name,
        definitions: own.filter(({ id }) => definitionIds.includes(id)).map(referenceOf),
        timetable: {
          ...timetable,
          recurrence:
            timetable.recurrence.kind === 'weekly'
              ? { ...timetable.recurrence, weekdays: [...timetable.recurrence.weekdays] }
              : timetable.recurrence,
          holidays: [...timetable.holidays],
        },
        missed,
        paused,
      })),
    }
  }

  /** Refuses what could not be taken over as a whole, before anything is. */
  async function check(file: SettingsFile): Promise<void> {
    const managed = await parts.policy.get()
    const there = new Map((await saved()).map(one => [nameKey(one.name), one]))
    const named = new Map(file.connections.map(one => [nameKey(one.name), one]))
    if (named.size < file.connections.length) throw bad('connections', 'twice')
    for (const one of file.connections) {
      checkedName(one.name)
      const url = checkConnectionUrl(one.url, one.mark)
      const { capabilities } = parts.system(one.system)
      if (!capabilities.authKinds.includes(one.auth)) throw bad('auth', one.name)
      const known = there.get(nameKey(one.name))
      if (!known) refuseManaged(one, managed)
      if (known && (known.system !== one.system || new URL(known.url).href !== url.href)) {
        throw new AppError('name-taken', { facts: { name: one.name } })
      }
    }
    for (const one of file.definitions) {
      const connection = named.get(nameKey(one.connection))
      if (!connection) throw bad('connection', one.connection)
      const { capabilities, readRequest } = parts.system(connection.system)
      const kept = capabilities.definitions === 'kept'
      if (kept !== (one.request !== null) || kept !== (one.remoteId === null)) throw bad('request', one.name)
      if (one.request !== null) readRequest(one.request)
    }
    for (const one of file.schedules) {
      for (const reference of one.definitions) {
        const target = file.definitions.find(definition => isSame(definition, reference))
        // Nobody is there to choose a folder when it is due.
        if (!target?.destination) throw bad('schedules', reference.name)
      }
      await schedules.preview(one.timetable)
    }
  }

  async function addConnection(one: SettingsFile['connections'][number]): Promise<Connection> {
    const now = clock.now()
    const added: Connection = {
      ...one,
      id: connectionId(ids.next('connection')),
      name: checkedName(one.name),
      url: checkConnectionUrl(one.url, one.mark).href.replace(/\/$/, ''),
      keep: 'keychain',
      origin: null,
      signIn: { state: 'unknown', expiresAt: null, error: null, changedAt: now },
      createdAt: now,
      removedAt: null,
    }
    await connections.save(added, 'imported')
    return added
  }

  async function takeDefinition(connection: ConnectionId, one: FileDefinition): Promise<Definition['id']> {
    const known = (await definitions.ofConnection(connection)).find(row => isRow(row, one))
    const row =
      one.request === null ? serverRow(connection, one, known) : await keptRow(connection, one, known)
    const destination = one.destination ?? row.destination
    await definitions.save([{ ...row, destination, watch: one.watch }])
    return row.id
  }

  /** One that was not listed here yet gets its row now: listing it keeps what is decided for it. */
  const serverRow = (
    connection: ConnectionId,
    one: FileDefinition,
    known: Definition | undefined,
  ): Definition =>
    known ?? {
      id: definitionId(ids.next('definition')),
      connectionId: connection,
      remoteId: remoteId(one.remoteId ?? ''),
      name: one.name,
      kind: 'server',
      request: null,
      removed: false,
      destination: null,
      watch: false,
      favourite: false,
    }

  async function keptRow(
    connection: ConnectionId,
    { name, request }: FileDefinition,
    known: Definition | undefined,
  ): Promise<Definition> {
    const wanted = { name, request: request ?? {} }
    const { id } = known
      ? await parts.keptDefinitions.change(known.id, wanted)
      : await parts.keptDefinitions.add(connection, wanted)
    const row = await definitions.find(definitionId(id))
    if (!row) throw new AppError('not-found', { facts: { what: 'definition' } })
    return row
  }

  async function takeSchedule(
    one: SettingsFile['schedules'][number],
    idOf: (reference: DefinitionReference) => string,
  ): Promise<void> {
    const known = (await schedules.list()).find(({ name }) => nameKey(name) === nameKey(one.name))
    const { id, paused } = await schedules.save({
      id: known?.id ?? null,
      name: one.name,
      definitionIds: one.definitions.map(idOf),
      timetable: one.timetable,
      missed: one.missed,
    })
    if (paused !== one.paused) await schedules.pause(scheduleId(id), one.paused)
  }

  const stamp = () => isoOf(clock.now()).replace(/[-:.]/g, '')

  return {
    export: exported,
    async plan(value) {
      const file = readSettingsFile(value)
      await check(file)
      const has = { connections: await saved(), definitions: await definitions.all() }
      return importPlan(file, { ...has, schedules: await schedules.list() })
    },
    async import(value) {
      const file = readSettingsFile(value)
      await check(file)
      const kept = `${JSON.stringify(await exported(), null, 2)}\n`
      const before = await parts.keepBefore(`settings-before-import-${stamp()}.json`, kept)
      const there = await saved()
      const rows = new Map<string, Connection>(there.map(one => [nameKey(one.name), one]))
      const added: string[] = []
      for (const one of file.connections) {
        if (rows.has(nameKey(one.name))) continue
        rows.set(nameKey(one.name), await addConnection(one))
        added.push(one.name)
      }
      const taken = new Map<FileDefinition, string>()
      for (const one of file.definitions) {
        const connection = rows.get(nameKey(one.connection))
        if (connection) taken.set(one, await takeDefinition(connection.id, one))
      }
      events.publish({ kind: 'connections-changed' })
      events.publish({ kind: 'definitions-changed' })
      const idOf = (reference: DefinitionReference): string =>
        [...taken].find(([one]) => isSame(one, reference))?.[1] ?? ''
      for (const one of file.schedules) await takeSchedule(one, idOf)
      return {
        before,
        connections: {
          added,
          kept: file.connections.map(({ name }) => name).filter(name => !added.includes(name)),
        },
        definitions: file.definitions.length,
        destinations: file.definitions.filter(({ destination }) => destination !== null).length,
        schedules: file.schedules.map(({ name }) => name),
      }
    },
  }
}

const isSame = (a: DefinitionReference, b: DefinitionReference): boolean =>
  nameKey(a.connection) === nameKey(b.connection) &&
  (a.remoteId === null && b.remoteId === null
    ? nameKey(a.name) === nameKey(b.name)
    : a.remoteId === b.remoteId)

/** Where IT decides who is connected, a file does not. */
function refuseManaged({ mark }: SettingsFile['connections'][number], managed: ManagedPolicy): void {
  const reason =
    managed.connections === 'fixed'
      ? 'managed-connections'
      : mark === 'practice' && !managed.practice
        ? 'managed-practice'
        : null
  if (reason !== null) throw new AppError('forbidden', { facts: { reason } })
}

const bad = (field: string, reason: string) => new AppError('bad-input', { facts: { field, reason } })

import type {
  ConnectionView,
  Destination,
  NewDefinition,
  OutputMap,
  PracticeView,
} from '../../../preload/contract/types.ts'
import type { AuthKind, PracticeScenario, SystemName } from '../../../preload/contract/words.ts'
import type { Desk } from '../desk.ts'
import { AppError, errorView } from '../errors.ts'
import { type ConnectionId, connectionId, definitionId } from '../ids.ts'
import type { Log, SecretBundle, Secrets } from '../ports.ts'

/** One system of the simulator, as it runs. */
export type SimulatedSystem = {
  readonly system: SystemName
  /** How its connection is called. */
  readonly name: string
  readonly url: string
  readonly auth: AuthKind
  /** Makes secrets that were never used. */
  readonly secrets: () => SecretBundle
  /** Where the folders lie that it writes to. */
  readonly outputMaps: readonly OutputMap[]
  /** What there is to run, where the server keeps no definitions. */
  readonly samples: readonly NewDefinition[]
  /** What it can be made to do. */
  readonly scenarios: readonly PracticeScenario[]
  /** From the next request on; `normal` after a start. */
  readonly behave: (scenario: PracticeScenario) => void
}

/** The simulator of the systems, made when it is first needed. */
export interface Simulator {
  /** Starts it, each system at the address of the last time where that is free. */
  start(): Promise<readonly SimulatedSystem[]>
  stop(): Promise<void>
}

export type PracticeParts = {
  readonly desk: Pick<Desk, 'connections' | 'definitions'>
  readonly simulator: Simulator
  readonly secrets: Pick<Secrets, 'health'>
  /** Where practice files go. */
  readonly folder: string
  readonly makeFolder: (folder: string) => Promise<void>
  readonly log: Log
  /** It began to run, or ended. */
  readonly onChange: () => void
}

export interface Practice {
  /**
   * One click: starts the simulator, connects to each of its systems, and gives what they have a folder. Again: the same
   * connections.
   */
  connect(): Promise<readonly ConnectionView[]>
  /** After a start of the app: has the simulator run again where a practice connection is. */
  resume(): Promise<void>
  /** What the simulator does now; null where this connection is not to it, or it does not run. */
  scenario(id: ConnectionId): Promise<PracticeView | null>
  /**
   * Has the simulator do this, until it ends. Throws `not-supported` where this connection is not to it, or its system
   * cannot do that. A sign-in that an earlier scenario ended is made anew: nobody knows the secrets of the simulator.
   */
  choose(id: ConnectionId, scenario: PracticeScenario): Promise<PracticeView>
  running(): boolean
  stop(): Promise<void>
}

type Running = { readonly simulated: SimulatedSystem; behaving: PracticeScenario }

export function createPractice(parts: PracticeParts): Practice {
  const { desk, simulator } = parts
  let started: Promise<readonly Running[]> | null = null
  let running: readonly Running[] = []
  let connecting: Promise<readonly ConnectionView[]> | null = null

  function start(): Promise<readonly Running[]> {
    started ??= simulator.start().then(
      systems => {
        running = systems.map(simulated => ({ simulated, behaving: 'normal' }))
        parts.onChange()
        return running
      },
      error => {
        started = null
        throw error
      },
    )
    return started
  }

  async function connect(): Promise<readonly ConnectionView[]> {
    const systems = await start()
    const connected: ConnectionView[] = []
    // One after the other: a name that one of them took is taken for the next.
    for (const system of systems) connected.push(await connectTo(system))
    return connected
  }

  async function connectTo(system: Running): Promise<ConnectionView> {
    const { simulated } = system
    const connections = await desk.connections.list()
    const known = connections.find(connection => isOurs(connection, simulated))
    if (known !== undefined) return known.signIn.state === 'ok' ? known : signIn(known, simulated)
    // Where the connection was removed nothing else could make the simulator let anybody in again.
    behave(system, 'normal')
    const added = await desk.connections.add({
      name: freeName(simulated.name, connections),
      system: simulated.system,
      url: simulated.url,
      mark: 'practice',
      auth: simulated.auth,
      secrets: simulated.secrets(),
      keep: await keep(),
      ...(simulated.outputMaps.length === 0 ? {} : { outputMaps: simulated.outputMaps }),
    })
    const id = connectionId(added.id)
    for (const sample of simulated.samples) await desk.definitions.add(id, sample)
    await chooseFolder(id)
    return added
  }

  /**
   * The one folder that the app makes by itself. Elsewhere a missing folder is never created: it is most often a share
   * that is away, and a file beside it would not be found. This one holds nothing but samples, and practice has to
   * work with one click.
   */
  async function chooseFolder(id: ConnectionId): Promise<void> {
    await parts.makeFolder(parts.folder)
    for (const definition of await desk.definitions.refresh(id)) {
      if (definition.destination !== null) continue
      await desk.definitions.saveDestination(definitionId(definition.id), destinationIn(parts.folder))
    }
  }

  const signIn = async (connection: ConnectionView, { secrets }: SimulatedSystem) =>
    desk.connections.signIn(connectionId(connection.id), secrets(), await keep())

  function behave(system: Running, scenario: PracticeScenario): void {
    system.simulated.behave(scenario)
    system.behaving = scenario
  }

  async function toSimulator(
    id: ConnectionId,
  ): Promise<{ readonly connection: ConnectionView; readonly system: Running } | null> {
    if (running.length === 0) return null
    const connection = (await desk.connections.list()).find(one => one.id === id)
    const system = connection && running.find(({ simulated }) => isOurs(connection, simulated))
    return system ? { connection, system } : null
  }

  const viewOf = ({ simulated, behaving }: Running): PracticeView => ({
    scenario: behaving,
    offered: simulated.scenarios,
  })

  const keep = async () => ((await parts.secrets.health()) === 'ok' ? 'keychain' : 'session')

  return {
    connect() {
      connecting ??= connect().finally(() => {
        connecting = null
      })
      return connecting
    },
    async resume() {
      const connections = (await desk.connections.list()).filter(({ mark }) => mark === 'practice')
      if (connections.length === 0) return
      const systems = await start()
      for (const connection of connections) {
        const system = systems.find(({ simulated }) => isOurs(connection, simulated))
        if (system === undefined) parts.log.write('warn', 'practice-moved', { url: connection.url })
        // Its secrets are no secret: nobody has to type them again where no keychain kept them.
        else if (connection.secrets === 'none') await signIn(connection, system.simulated)
      }
    },
    async scenario(id) {
      const found = await toSimulator(id)
      return found && viewOf(found.system)
    },
    async choose(id, scenario) {
      const found = await toSimulator(id)
      if (!found?.system.simulated.scenarios.includes(scenario)) throw new AppError('not-supported')
      const { connection, system } = found
      behave(system, scenario)
      // Not waited for: the scenario may be that nothing answers.
      if (connection.signIn.state !== 'ok') {
        void signIn(connection, system.simulated).catch(error =>
          parts.log.write('info', 'practice-sign-in', { scenario, error: errorView(error) }),
        )
      }
      return viewOf(system)
    },
    running: () => running.length > 0,
    async stop() {
      if (started === null) return
      const starting = started
      started = null
      running = []
      await starting.catch(() => undefined)
      await simulator.stop()
      parts.onChange()
    },
  }
}

const isOurs = (connection: ConnectionView, { system, url }: SimulatedSystem): boolean =>
  connection.mark === 'practice' &&
  connection.system === system &&
  new URL(connection.url).origin === new URL(url).origin

function freeName(usual: string, connections: readonly ConnectionView[]): string {
  const taken = new Set(connections.map(({ name }) => name.toLowerCase()))
  let number = 1
  let name = usual
  while (taken.has(name.toLowerCase())) {
    number += 1
    name = `${usual} ${number}`
  }
  return name
}

const destinationIn = (folder: string): Destination => ({
  folder,
  name: '{original}{ext}',
  onConflict: 'keep-both',
  unzip: true,
  keepArchive: false,
  archiveNames: 'standard',
  allowEmpty: false,
  acceptFewerRows: false,
  marker: null,
})

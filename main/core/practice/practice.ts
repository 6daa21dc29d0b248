import type { ConnectionView, Destination } from '../../../preload/contract/types.ts'
import type { PracticeScenario } from '../../../preload/contract/words.ts'
import type { Desk } from '../desk.ts'
import { AppError, errorView } from '../errors.ts'
import { type ConnectionId, connectionId, definitionId } from '../ids.ts'
import type { Log, SecretBundle, Secrets } from '../ports.ts'

export type RunningSimulator = {
  readonly url: string
  /** Makes secrets that were never used. */
  readonly secrets: () => SecretBundle
  /** From the next request on; `normal` after a start. */
  readonly behave: (scenario: PracticeScenario) => void
}

/** The simulator of the systems, made when it is first needed. */
export interface Simulator {
  /** Starts it, at the address of the last time where that is free. */
  start(): Promise<RunningSimulator>
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
  /** One click: starts the simulator, connects to it, and gives its definitions a folder. Again: the same connection. */
  connect(): Promise<ConnectionView>
  /** After a start of the app: has the simulator run again where a practice connection is. */
  resume(): Promise<void>
  /** What the simulator does now; null where this connection is not to it, or it does not run. */
  scenario(id: ConnectionId): Promise<PracticeScenario | null>
  /**
   * Has the simulator do this, until it ends. Throws `not-supported` where this connection is not to it. A sign-in that
   * an earlier scenario ended is made anew: nobody knows the secrets of the simulator.
   */
  choose(id: ConnectionId, scenario: PracticeScenario): Promise<PracticeScenario>
  running(): boolean
  stop(): Promise<void>
}

const usualName = 'Practice'

export function createPractice(parts: PracticeParts): Practice {
  const { desk, simulator } = parts
  let started: ReturnType<Simulator['start']> | null = null
  let running: RunningSimulator | null = null
  let behaving: PracticeScenario = 'normal'
  let connecting: Promise<ConnectionView> | null = null

  function start(): ReturnType<Simulator['start']> {
    started ??= simulator.start().then(
      it => {
        running = it
        behaving = 'normal'
        parts.onChange()
        return it
      },
      error => {
        started = null
        throw error
      },
    )
    return started
  }

  async function connect(): Promise<ConnectionView> {
    const simulated = await start()
    const { url } = simulated
    const connections = await desk.connections.list()
    const known = connections.find(connection => isOurs(connection, url))
    if (known !== undefined) return known.signIn.state === 'ok' ? known : signIn(known, simulated)
    // Where the connection was removed nothing else could make the simulator let anybody in again.
    behave(simulated, 'normal')
    const added = await desk.connections.add({
      name: freeName(connections),
      system: 'concur',
      url,
      mark: 'practice',
      auth: 'refresh-token',
      secrets: simulated.secrets(),
      keep: await keep(),
    })
    await chooseFolder(added)
    return added
  }

  /**
   * The one folder that the app makes by itself. Elsewhere a missing folder is never created: it is most often a share
   * that is away, and a file beside it would not be found. This one holds nothing but samples, and practice has to
   * work with one click.
   */
  async function chooseFolder(connection: ConnectionView): Promise<void> {
    await parts.makeFolder(parts.folder)
    for (const definition of await desk.definitions.refresh(connectionId(connection.id))) {
      if (definition.destination !== null) continue
      await desk.definitions.saveDestination(definitionId(definition.id), destinationIn(parts.folder))
    }
  }

  const signIn = async (connection: ConnectionView, { secrets }: RunningSimulator) =>
    desk.connections.signIn(connectionId(connection.id), secrets(), await keep())

  function behave(simulated: RunningSimulator, scenario: PracticeScenario): void {
    simulated.behave(scenario)
    behaving = scenario
  }

  async function toSimulator(id: ConnectionId): Promise<ConnectionView | undefined> {
    const url = running?.url
    if (url === undefined) return undefined
    return (await desk.connections.list()).find(connection => connection.id === id && isOurs(connection, url))
  }

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
      const simulated = await start()
      const { url } = simulated
      const ours = connections.find(connection => isOurs(connection, url))
      if (ours === undefined) parts.log.write('warn', 'practice-moved', { url })
      // Its secrets are no secret: nobody has to type them again where no keychain kept them.
      else if (ours.secrets === 'none') await signIn(ours, simulated)
    },
    scenario: async id => ((await toSimulator(id)) === undefined ? null : behaving),
    async choose(id, scenario) {
      const connection = await toSimulator(id)
      if (connection === undefined || running === null) throw new AppError('not-supported')
      behave(running, scenario)
      // Not waited for: the scenario may be that nothing answers.
      if (connection.signIn.state !== 'ok') {
        void signIn(connection, running).catch(error =>
          parts.log.write('info', 'practice-sign-in', { scenario, error: errorView(error) }),
        )
      }
      return scenario
    },
    running: () => running !== null,
    async stop() {
      if (started === null) return
      const starting = started
      started = null
      running = null
      await starting.catch(() => undefined)
      await simulator.stop()
      parts.onChange()
    },
  }
}

const isOurs = (connection: ConnectionView, url: string): boolean =>
  connection.mark === 'practice' && new URL(connection.url).origin === new URL(url).origin

function freeName(connections: readonly ConnectionView[]): string {
  const taken = new Set(connections.map(({ name }) => name.toLowerCase()))
  let number = 1
  let name = usualName
  while (taken.has(name.toLowerCase())) {
    number += 1
    name = `${usualName} ${number}`
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

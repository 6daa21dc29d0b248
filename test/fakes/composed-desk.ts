import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { vi } from 'vitest'
import { nodeFiles } from '../../main/adapters/files/node-files.ts'
import type { Keychain } from '../../main/adapters/secrets/keychain.ts'
import { KeychainSecrets } from '../../main/adapters/secrets/keychain-secrets.ts'
import type { Shell } from '../../main/app/shell.ts'
import type { CommandDesk } from '../../main/compose-cli.ts'
import type { Native } from '../../main/core/desktop/native.ts'
import type { Clock, Note, Notifier, Power } from '../../main/core/ports.ts'
import type { Publisher } from '../../main/ipc/publish.ts'
import { createFileWork } from '../../main/worker/file-work.ts'
import type { Change, Snapshot } from '../../preload/contract/types.ts'
import { fakeMetered } from './fake-metered.ts'
import { type FakePower, fakePower } from './fake-power.ts'
import { MemoryKeychain } from './memory-keychain.ts'
import { createNodeHttp } from './node-http.ts'

/**
 * The real main/compose.ts and main/compose-cli.ts under plain Node: everything that they put together is the app's, but
 * what belongs to Electron or the computer, which is handed in here. Any number of processes on any profiles.
 */
export type ComposedWorld = {
  clock: Clock
  keychain: Keychain
  /** How the next desk that is opened hears of sleep and network. */
  power: FakePower
  readonly notes: Note[]
  /** What the desktop's folder picker is answered with. */
  folder: string | null
  /** What the desktop was asked to save, by the names that were offered. */
  readonly saved: Map<string, Uint8Array>
  readonly home: string
}

export type ComposedWindow = {
  /** A call as the window makes it, behind the door. */
  readonly call: <T>(channel: string, ...args: unknown[]) => Promise<T>
  /** Everything that was told to the window by itself. */
  readonly changes: Change[]
  snapshot(): Promise<Snapshot>
  stop(): Promise<void>
}

export async function composedWorld(parts: Pick<ComposedWorld, 'clock' | 'home'>) {
  const world: ComposedWorld = {
    ...parts,
    keychain: new MemoryKeychain(),
    power: fakePower(),
    notes: [],
    folder: null,
    saved: new Map(),
  }
  const main = '../../main'
  const app = {
    getPath: (name: string) => join(world.home, name),
    getAppPath: () => join(import.meta.dirname, '../..'),
    getVersion: () => '0.1.0-test',
    getLocale: () => 'en',
    isPackaged: false,
  }
  /** The desk that is opened keeps the power that it was opened with. */
  class ElectronPower implements Power {
    readonly #power = world.power
    onWake = this.#power.onWake
    online = this.#power.online
    onOnlineChange = this.#power.onOnlineChange
  }
  class ElectronNotifier implements Notifier {
    show(note: Note): void {
      world.notes.push(note)
    }
  }
  vi.doMock('electron', () => ({
    app,
    net: {},
    session: {},
    ipcMain: {},
    BrowserWindow: class {},
    utilityProcess: {},
  }))
  vi.doMock(`${main}/adapters/clock.ts`, () => ({
    systemClock: {
      now: () => world.clock.now(),
      wake: (at, run) => world.clock.wake(at, run),
    } satisfies Clock,
  }))
  vi.doMock(`${main}/adapters/power.ts`, () => ({ ElectronPower }))
  vi.doMock(`${main}/adapters/notifier.ts`, () => ({ ElectronNotifier }))
  vi.doMock(`${main}/adapters/metered/open-metered.ts`, () => ({
    openMetered: () => ({ ...fakeMetered(), close: () => {} }),
  }))
  vi.doMock(`${main}/adapters/http/open-http.ts`, () => ({
    openHttp: () => ({ http: createNodeHttp(), sessions: { setProxy: async () => {} } }),
  }))
  vi.doMock(`${main}/adapters/secrets/open-keychain.ts`, () => ({
    openKeychain: () => ({ secrets: new KeychainSecrets(world.keychain), close: () => {} }),
  }))
  vi.doMock(`${main}/adapters/worker/file-workers.ts`, () => ({
    openFileWorkers: () => ({ ...createFileWork(nodeFiles), close: async () => {} }),
  }))
  // What IT has decided for the computer that the tests run on is none of theirs.
  vi.doMock(`${main}/adapters/policy/policy-document.ts`, () => ({ readPolicyDocument: async () => null }))

  const { compose } = await import('../../main/compose.ts')
  const { composeLog } = await import('../../main/compose-log.ts')
  const { openCommandDesk } = await import('../../main/compose-cli.ts')
  mkdirSync(join(world.home, 'documents'), { recursive: true })

  /** Opens a profile as the app with a window does. */
  async function openWindow(profile: string): Promise<ComposedWindow> {
    const changes: Change[] = []
    const opened = await compose({
      profile,
      ...composeLog(profile),
      // What else a shell has is for a desktop; a desk that comes to need it says so in its tests.
      shell: {
        places: { open: () => {}, windowReady: () => {}, windowGone: () => {} },
        native: desktopOf(world),
        quit: async () => {},
        window: { contents: () => null },
      } as unknown as Shell,
      publisher: { ...deaf, change: change => void changes.push(change) },
    })
    const call = async <T>(channel: string, ...args: unknown[]): Promise<T> =>
      // The router is typed by its tables; what a call gives stands in preload/contract/bridge.ts.
      (await opened.router(channel, args)) as T
    return {
      call,
      changes,
      snapshot: () => call<Snapshot>('app.snapshot'),
      stop: () => opened.stop(true),
    }
  }

  /** Opens a profile as one command does. */
  const openCommand = (profile: string): Promise<CommandDesk> => openCommandDesk(profile, Promise.resolve())

  return { world, openWindow, openCommand }
}

/** A window that hears nothing. */
const deaf: Publisher = {
  change: () => {},
  progress: () => {},
  place: () => {},
  diagnosis: () => {},
  inside: () => {},
}

/** A desktop on which nobody is there but to choose a folder. */
function desktopOf(world: Pick<ComposedWorld, 'folder' | 'saved'>): Native {
  const nobody = async () => null
  return {
    chooseCopy: nobody,
    chooseFolder: async () => world.folder,
    readJson: nobody,
    readCalendar: nobody,
    async saveFile(name, bytes) {
      world.saved.set(name, await bytes())
      return name
    },
    showInFolder: () => {},
    openFolder: async () => {},
  }
}

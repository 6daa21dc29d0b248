/** Looks for newer versions, brings one here, and has it installed when the user quits. What is decided is in update.ts. */
import type { UpdateView } from '../../../preload/contract/updates.ts'
import { errorView, isAppError } from '../errors.ts'
import type { Clock, Http, Log, Policy, UpdateFolder, UpdateInstaller } from '../ports.ts'
import { addMillis, type Instant, type Millis, seconds } from '../time.ts'
import { bytesFrom, readWhole } from './fetch.ts'
import { fileOf, manifestName, readManifest, refused } from './manifest.ts'
import type { ReleaseConfig } from './release-config.ts'
import {
  next,
  nextCheckAt,
  type Release,
  type ReleaseFile,
  releaseOf,
  switchedOff,
  type Update,
  type UpdateEvent,
  unchecked,
} from './update.ts'
import { isNewer } from './version.ts'

export type UpdatesParts = {
  /** Whose updates this build takes; null: nobody's, as in a checkout. */
  readonly config: ReleaseConfig | null
  readonly policy: Policy
  readonly http: Http
  readonly folder: UpdateFolder
  readonly installer: UpdateInstaller
  readonly clock: Clock
  readonly log: Log
  readonly version: string
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** Whether a job or a delivery is under way, here or in another process on this profile. */
  readonly busy: () => Promise<boolean>
  /** As the user's own Quit. */
  readonly quit: () => void
  readonly onChange: () => void
  readonly onReady: (version: string) => void
}

export interface Updates {
  view(): UpdateView
  /** From now on it is looked for by itself. */
  begin(): Promise<void>
  /** Resolves when what comes of it is known; never rejects. */
  check(): Promise<void>
  restart(): Promise<void>
  later(): void
  /** Nothing is looked for any more. `byUser`: the user quits, not the computer; then what is ready may be installed. */
  stop(byUser: boolean): Promise<void>
  /** After everything else has ended: installs, where the end began with that. Never rejects. */
  install(): Promise<void>
}

/** How often it is looked whether what a restart waits for is over. */
const LOOK_AGAIN: Millis = seconds(10)
const DEFAULT_CHANNEL = 'latest'

type Source = { readonly url: string; readonly channel: string; readonly managed: boolean }

export function createUpdates(parts: UpdatesParts): Updates {
  const { config, policy, http, folder, installer, clock, log } = parts
  let update: Update = config === null ? switchedOff('not-set-up') : unchecked
  let source: Source | null = null
  let checkedAt: Instant | null = null
  let cancelWake = () => {}
  const stopping = new AbortController()

  function move(event: UpdateEvent): Update {
    const before = update
    update = next(update, event)
    if (update === before) return update
    if (update.state !== before.state)
      log.write('info', 'update', { state: update.state, ...factsOf(update) })
    if (!stopping.signal.aborted) parts.onChange()
    return update
  }

  function wakeAt(at: Instant, run: () => Promise<void>): void {
    cancelWake()
    if (!stopping.signal.aborted) cancelWake = clock.wake(at, () => void run())
  }

  async function check(): Promise<void> {
    if (source === null || config === null || update.state === 'checking') return
    if (move({ kind: 'check' }).state !== 'checking') return
    try {
      const release = await look(source, config.publicKeys)
      checkedAt = clock.now()
      if (release === null) {
        move({ kind: 'nothing-newer' })
        // What this version came in, or what became worthless.
        await folder.clear()
      } else if (move({ kind: 'newer', release }).state === 'available' && release.file !== null)
        await fetch(source, release.version, release.file)
    } catch (error) {
      if (!isAppError(error)) log.write('error', 'fault', { error })
      move({ kind: 'failed', error: errorView(error) })
    }
    wakeAt(nextCheckAt(update, clock.now()), check)
  }

  /** The newer release; null where there is none. */
  async function look({ url, channel }: Source, keys: readonly string[]): Promise<Release | null> {
    const name = manifestName(channel, parts.platform, parts.arch)
    const [manifest, signature] = [new URL(name, url), new URL(`${name}.sig`, url)].map(String)
    const bytes = await readWhole(http, manifest ?? '', stopping.signal)
    const signatures = await readWhole(http, signature ?? '', stopping.signal)
    const read = readManifest(name, bytes, new TextDecoder().decode(signatures), keys)
    if (!isNewer(read.version, parts.version)) {
      if (isNewer(parts.version, read.version))
        log.write('warn', 'update.older-offered', { version: read.version })
      return null
    }
    const kind = await installer.kind()
    const file = kind === null ? null : fileOf(read, kind, parts.arch)
    return { version: read.version, notes: read.notes, file }
  }

  async function fetch({ url }: Source, version: string, file: ReleaseFile): Promise<void> {
    move({ kind: 'download' })
    if (!(await isWhole(file))) {
      await folder.clear()
      const from = String(new URL(encodeURIComponent(file.name), url))
      const received = (bytes: number) => void move({ kind: 'received', bytes })
      await folder.save(file.name, bytesFrom(http, from, file.size, received, stopping.signal))
    }
    move({ kind: 'downloaded' })
    if (!(await isWhole(file))) {
      await folder.clear()
      throw refused('file')
    }
    const tried = (await installer.attempted()) === version
    if (move({ kind: 'verified', tried }).state === 'ready' && !tried) parts.onReady(version)
  }

  async function isWhole({ name, size, sha512 }: ReleaseFile): Promise<boolean> {
    const found = await folder.measure(name)
    return found !== null && found.size === size && found.sha512 === sha512
  }

  /** A restart waits for what is under way, and then quits. */
  async function restartWhenFree(): Promise<void> {
    if (update.state !== 'deferred') return
    if (await parts.busy()) wakeAt(addMillis(clock.now(), LOOK_AGAIN), restartWhenFree)
    else parts.quit()
  }

  return {
    view: () => viewOf(update, source, checkedAt),
    async begin() {
      const { updates } = await policy.get()
      if (config !== null && updates === 'off') update = switchedOff('managed')
      if (config === null || updates === 'off') return parts.onChange()
      source = {
        url: withSlash(updates.url ?? config.url),
        channel: updates.channel ?? DEFAULT_CHANNEL,
        managed: updates.url !== null || updates.channel !== null,
      }
      parts.onChange()
      wakeAt(nextCheckAt(update, clock.now()), check)
    },
    check,
    async restart() {
      move({ kind: 'restart' })
      await restartWhenFree()
    },
    later: () => {
      if (move({ kind: 'later' }).state === 'ready') cancelWake()
    },
    async stop(byUser) {
      stopping.abort()
      cancelWake()
      const waits = update.state === 'ready' || update.state === 'deferred'
      if (byUser && waits) move({ kind: 'quit', busy: await parts.busy() })
    },
    async install() {
      if (update.state !== 'installing' || update.release.file === null) return
      const { release, restart } = update
      try {
        await installer.install(update.release.file, release.version, restart)
      } catch (error) {
        log.write('error', 'update.not-installed', { error })
        move({ kind: 'failed', error: errorView(error) })
      }
    },
  }
}

function factsOf(update: Update): Readonly<Record<string, unknown>> {
  const version = releaseOf(update)?.version
  return {
    ...(version === undefined ? {} : { version }),
    ...(update.state === 'failed' ? { code: update.error.code, ...update.error.facts } : {}),
  }
}

function viewOf(update: Update, source: Source | null, checkedAt: Instant | null): UpdateView {
  const release = releaseOf(update)
  return {
    state: update.state,
    why: update.state === 'off' ? update.why : null,
    channel: source?.channel ?? null,
    managed: source?.managed ?? false,
    version: release?.version ?? null,
    notes: release?.notes ?? null,
    tried: 'tried' in update && update.tried,
    installable: release === null || release.file !== null,
    received: update.state === 'downloading' ? update.received : 0,
    size: release?.file?.size ?? 0,
    error: update.state === 'failed' ? update.error : null,
    checkedAt,
  }
}

/** Names are looked up below a folder, not beside it. */
const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`)

/** The desk → what people see of it, and the door. With compose-desk.ts the only place where new meets new. */
import { mkdir } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { systemClock as clock } from './adapters/clock.ts'
import { ElectronNotifier } from './adapters/notifier.ts'
import type { OpenDesk, Shell } from './app/shell.ts'
import { composeDesk, type DeskParts } from './compose-desk.ts'
import type { OpenInside } from './compose-inside.ts'
import { simulatorIn } from './compose-practice.ts'
import { composeUpdates } from './compose-updates.ts'
import { startNotifications } from './core/desktop/notifications.ts'
import { createMirror } from './core/mirror/mirror.ts'
import { createStatus } from './core/mirror/status.ts'
import { createPractice } from './core/practice/practice.ts'
import type { Publisher } from './ipc/publish.ts'
import { createRouter, type Router } from './ipc/router.ts'

export type ComposeParts = DeskParts & {
  readonly logFolder: string
  readonly shell: Pick<Shell, 'native' | 'places' | 'quit' | 'window'>
  readonly publisher: Publisher
}

/** Opens the desk of a profile for the window, and begins its work. Throws what composeDesk throws. */
export async function compose(parts: ComposeParts): Promise<OpenDesk & { readonly router: Router }> {
  const { profile, log, logFolder, publisher } = parts
  const { native, places } = parts.shell
  const onFault = (error: unknown) => log.write('error', 'fault', { error })
  const composed = await composeDesk(parts)
  const { desk, events, power, metered, policy, keychain, lifecycle } = composed

  // Practice
  const practice = createPractice({
    desk,
    log,
    simulator: simulatorIn(join(profile, 'practice')),
    secrets: keychain,
    folder: join(app.getPath('documents'), 'Extract Desk Practice'),
    makeFolder: async folder => void (await mkdir(folder, { recursive: true })),
    onChange: () => events.publish({ kind: 'status-changed' }),
  })

  const account = userInfo().username

  // What people see
  const notifier = new ElectronNotifier()
  const { open } = places
  const { quit } = parts.shell
  const updates = composeUpdates({ profile, log, composed, notifier, open, quit })
  const status = createStatus({
    power,
    metered,
    events,
    profile,
    onFault,
    policy,
    secrets: keychain,
    practising: practice.running,
    update: updates.view,
    version: app.getVersion(),
  })
  const mirror = createMirror({
    events,
    clock,
    onFault,
    readers: {
      connections: desk.connections.list,
      definitions: desk.definitions.list,
      activity: desk.activity.view,
      schedules: desk.schedules.list,
      settings: desk.settings.get,
      status: status.view,
    },
  })
  mirror.onChange(publisher.change)
  mirror.onProgress(publisher.progress)
  await startNotifications({
    desk,
    summaryOf: desk.schedules.summaryOf,
    events,
    mirror,
    clock,
    power,
    onFault,
    notifier,
    open,
    showInFolder: native.showInFolder,
  })

  async function begin(): Promise<void> {
    status.checkKeychain()
    // First the simulator: what was cut may have to go on there.
    await practice.resume().catch(onFault)
    await updates.begin().catch(onFault)
    await composed.begin()
  }
  void begin()

  // Look inside
  let inside: Promise<OpenInside> | null = null
  const openInside = () => {
    inside ??= import('./compose-inside.ts').then(({ composeInside }) =>
      composeInside(desk, profile, { native, publish: publisher.inside }),
    )
    return inside
  }
  const closeViews = async () => (await inside)?.service.closeAll().catch(onFault)

  const router = createRouter({
    desk,
    inside: async () => (await openInside()).service,
    native,
    logFolder,
    snapshot: mirror.snapshot,
    practice,
    tellDiagnosis: publisher.diagnosis,
    updates,
    picked: new Set(),
    imports: { chosen: null },
    account,
    platform: process.platform,
    windowUnsaved: parts.shell.window.setUnsaved,
    windowReady() {
      // The page was loaded anew: nobody shows the views of the last one any more.
      void closeViews()
      places.windowReady()
    },
  })
  return {
    mirror,
    logFolder,
    router: (channel, args) => lifecycle.accept(() => router(channel, args)),
    changeSettings: patch => desk.settings.change(patch),
    async runFavourite(id) {
      const { runFavourite } = await import('./core/desktop/favourites.ts')
      const ask = (definitionId: string) => places.open({ screen: 'run', definitionId })
      await lifecycle.accept(() => runFavourite({ jobs: desk.jobs, account, ask }, id))
    },
    async stop(byUser) {
      await updates.stop(byUser).catch(onFault)
      await composed.stop([practice.stop, async () => (await inside)?.close()])
    },
    installUpdate: updates.install,
    windowGone: () => void closeViews(),
  }
}

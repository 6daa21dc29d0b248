/** What an update needs of the world, put together. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { notices } from '../preload/contract/text/notices.ts'
import { systemClock as clock } from './adapters/clock.ts'
import { openInstaller } from './adapters/updates/installer.ts'
import { openUpdateFolder } from './adapters/updates/update-folder.ts'
import type { ComposedDesk } from './compose-desk.ts'
import type { Places } from './core/desktop/places.ts'
import type { Log, Notifier } from './core/ports.ts'
import { readReleaseConfig } from './core/updates/release-config.ts'
import { createUpdates, type Updates } from './core/updates/updates-service.ts'

export type ComposeUpdatesParts = {
  readonly profile: string
  readonly log: Log
  readonly composed: Pick<ComposedDesk, 'desk' | 'events' | 'http' | 'policy' | 'workElsewhere'>
  readonly notifier: Notifier
  readonly open: Places['open']
  readonly quit: () => Promise<void>
}

export function composeUpdates(parts: ComposeUpdatesParts): Updates {
  const { profile, log, composed, notifier } = parts
  const { desk, events, http, policy, workElsewhere } = composed
  const { platform, arch } = process
  const onFault = (error: unknown) => log.write('error', 'fault', { error })
  const folder = join(profile, 'updates')
  const config = readReleaseConfig(aboutApp().updates)

  async function tell(version: string): Promise<void> {
    const { notifications } = await desk.settings.get()
    if (notifications !== 'all') return
    notifier.show({ ...notices.updateReady(version), button: null }, () => parts.open({ screen: 'settings' }))
  }

  return createUpdates({
    config,
    policy,
    http,
    folder: openUpdateFolder(folder),
    installer: openInstaller({ folder, platform, log, publishers: config?.publishers ?? [] }),
    clock,
    log,
    version: app.getVersion(),
    platform,
    arch,
    busy: async () => (await desk.activity.view()).running.length > 0 || (await workElsewhere()),
    quit: () => void parts.quit().catch(onFault),
    onChange: () => events.publish({ kind: 'status-changed' }),
    onReady: version => void tell(version).catch(onFault),
  })
}

const aboutApp = (): { readonly updates?: unknown } =>
  JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'))

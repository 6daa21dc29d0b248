/** The boot order: what must come before the app is ready, the window, and behind it the desk. */
import { join } from 'node:path'
import { app } from 'electron'
import { desktop } from '../preload/contract/text/desktop.ts'
import { systemClock } from './adapters/clock.ts'
import { makeFolder } from './adapters/files/make-folder.ts'
import { installCrash } from './app/crash.ts'
import { installIdentity } from './app/identity.ts'
import { installNavigation } from './app/navigation.ts'
import { installPermissions } from './app/permissions.ts'
import { installProfile } from './app/profile.ts'
import { installProtocol } from './app/protocol.ts'
import { installScheme } from './app/scheme.ts'
import { prepareSession } from './app/session.ts'
import { installShell } from './app/shell.ts'
import { installStartFailure } from './app/start-failure.ts'
import { composeLog } from './compose-log.ts'
import { type StartOptions, startOptions } from './core/desktop/start-options.ts'
import { isTrustedSender } from './core/policy/sender.ts'
import { createPublisher } from './ipc/publish.ts'
import { registerDoor } from './ipc/register.ts'

const options = startOptions(process.argv, process.cwd(), app.getPath('userData'))
if (options === null) {
  process.stderr.write(`${desktop.native.profileNeedsFolder}\n`)
  app.exit(2)
} else if (!installProfile(options.profile, makeFolder)) app.exit(12)
// The lock is the window's alone, one a profile: the app that has it shows its window and this one ends.
else if (!app.requestSingleInstanceLock()) app.exit(0)
else {
  // Chromium sandboxes nothing that root starts; whoever runs it as root says so on the command line.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  installIdentity()
  installScheme()
  prepareSession(app)
  void app.whenReady().then(() => start(options))
}

function start({ profile, hidden }: StartOptions): void {
  const { log, redactor, logFolder } = composeLog(profile)
  installCrash(log, logFolder)
  installProtocol(join(app.getAppPath(), 'dist', 'renderer'))
  installPermissions()
  installNavigation(what => log.write('warn', 'page-refused', { what }))
  const publisher = createPublisher(() => shell.window.contents())
  const shell = installShell({ profile, hidden, clock: systemClock, log, publishPlace: publisher.place })
  if (!hidden) shell.window.show()

  // The window comes first: the database, the schemas and the core load while its process starts. Calls wait for them.
  const opening = import('./compose.ts').then(({ compose }) =>
    compose({ profile, log, redactor, logFolder, shell, publisher }),
  )
  registerDoor({
    trusts: sender => isTrustedSender(sender, shell.window.contents()?.id ?? null),
    router: opening.then(desk => desk.router),
    log,
  })
  shell.attach(opening).catch(installStartFailure(profile, log))
}

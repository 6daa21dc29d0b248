import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ordinaryAccount, startAs } from './account.mjs'
import { attachDesktopSession } from './attached-session.mjs'
import { connectBus, waitForName } from './bus.mjs'
import { writeDunstSettings } from './notifications.mjs'
import { processGroup } from './processes.mjs'
import { startTrayWatcher } from './tray-watcher.mjs'

const READY_WITHIN_MS = 30_000
const SCREEN = '1600x1000x24'

/**
 * What another process needs to know of a session to work in it.
 *
 * @typedef {{ folder: string, env: Record<string, string>, account: import('./account.mjs').Account | undefined }} SessionDescription
 */

/**
 * Opens a desktop of its own: display, session bus, GNOME keyring, notification daemon and tray, so
 * that nothing of the person's own desktop is read or changed. On macOS and Windows there is one
 * desktop only, and the app runs on that.
 *
 * @param {{ display?: string | undefined }} [options] an X display that is there already, instead of one of its own
 */
export async function openDesktopSession({ display } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'extract-desk-'))
  if (process.platform !== 'linux') {
    const session = attachDesktopSession({ folder, env: definedOnly(process.env), account: undefined })
    return { ...session, close: async () => removeFolder(folder) }
  }

  // Root on a screen of its own stays root: that screen lets no other user in.
  const account = display === undefined ? ordinaryAccount() : undefined
  const env = surroundings(folder)
  makeFolders(folder, account)
  const programs = processGroup({ start: startAs(account), env, cwd: folder })
  /** @type {(() => void)[]} */
  const closers = []
  const close = async () => {
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
    for (const closer of closers.toReversed()) closer()
    await programs.end()
    removeFolder(folder)
  }
  const interrupted = () => {
    void close().then(() => process.exit(130))
  }
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)

  try {
    const ready = AbortSignal.timeout(READY_WITHIN_MS)
    env.DISPLAY = display ?? (await startDisplay(programs, ready))
    // The key to a screen that asks for one; it is looked for in the home folder, which here is another.
    if (display !== undefined) env.XAUTHORITY = process.env.XAUTHORITY ?? join(homedir(), '.Xauthority')
    await startBus(programs, folder, ready)
    const bus = await connectBus(busAddress(folder))
    closers.push(() => bus.disconnect())
    programs.start('gnome-keyring-daemon', ['--foreground', '--components=secrets', '--unlock'], {
      // The words of the login keyring, which the daemon makes on the spot.
      input: 'practice',
    })
    programs.start('dunst', ['-conf', writeDunstSettings(folder)], { env: { DISPLAY: env.DISPLAY } })
    await waitForName(bus, 'org.freedesktop.secrets', ready)
    await waitForName(bus, 'org.freedesktop.Notifications', ready)
    const watcher = await startTrayWatcher(busAddress(folder))
    closers.push(watcher.close)
  } catch (error) {
    await close()
    throw error
  }
  const session = attachDesktopSession({ folder, env, account })
  closers.push(session.detach)
  return { ...session, close }
}

/** @param {string} folder @returns {Record<string, string>} */
function surroundings(folder) {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin',
    LANG: 'C.UTF-8',
    ...(process.env.TZ === undefined ? {} : { TZ: process.env.TZ }),
    HOME: join(folder, 'home'),
    XDG_CONFIG_HOME: join(folder, 'home', '.config'),
    XDG_DATA_HOME: join(folder, 'home', '.local', 'share'),
    XDG_CACHE_HOME: join(folder, 'home', '.cache'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_CURRENT_DESKTOP: 'GNOME',
    DBUS_SESSION_BUS_ADDRESS: busAddress(folder),
    // Nobody listens on an accessibility bus here; GTK would wait for one.
    NO_AT_BRIDGE: '1',
  }
}

/** @param {string} folder @param {import('./account.mjs').Account | undefined} account */
function makeFolders(folder, account) {
  const owned = [folder, join(folder, 'home'), join(folder, 'run')]
  for (const path of owned) {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    if (account !== undefined) chownSync(path, account.uid, account.gid)
  }
  // X servers of ordinary users put their sockets here and may not make it.
  if (process.getuid?.() === 0) {
    mkdirSync('/tmp/.X11-unix', { recursive: true })
    chmodSync('/tmp/.X11-unix', 0o1777)
  }
}

/**
 * @param {ReturnType<typeof processGroup>} programs
 * @param {AbortSignal} ready
 * @returns {Promise<string>} the display's name
 */
async function startDisplay(programs, ready) {
  const words = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset']
  const server = programs.start('Xvfb', words, { pipes: 1 })
  const number = await firstLine(server, 'Xvfb', ready)
  return `:${number}`
}

/**
 * A bus without service files: a program of the machine's own desktop is never started on it. Any
 * user may connect, since tests that run as root look on; its folder is closed to all others.
 *
 * @param {ReturnType<typeof processGroup>} programs
 * @param {string} folder
 * @param {AbortSignal} ready
 */
async function startBus(programs, folder, ready) {
  const settings = join(folder, 'bus.conf')
  writeFileSync(
    settings,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${busAddress(folder)}</listen>
  <policy context="default">
    <allow user="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
  )
  const daemon = programs.start(
    'dbus-daemon',
    [`--config-file=${settings}`, '--nofork', '--nopidfile', '--nosyslog', '--print-address=3'],
    { pipes: 1 },
  )
  await firstLine(daemon, 'dbus-daemon', ready)
}

/**
 * What a program writes to its fourth stream when it is ready.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} name
 * @param {AbortSignal} ready
 * @returns {Promise<string>}
 */
function firstLine(child, name, ready) {
  const stream = /** @type {import('node:stream').Readable} */ (child.stdio[3])
  return new Promise((resolve, reject) => {
    let text = ''
    let complaint = ''
    stream.on('data', chunk => {
      text += chunk
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.stderr?.on('data', chunk => {
      complaint += chunk
    })
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`${name} ended with status ${code}: ${complaint.trim()}`)))
    ready.addEventListener('abort', () => reject(ready.reason), { once: true })
  })
}

/** @param {string} folder */
function busAddress(folder) {
  return `unix:path=${join(folder, 'run', 'bus')}`
}

/** @param {string} folder */
function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** @param {NodeJS.ProcessEnv} env @returns {Record<string, string>} */
function definedOnly(env) {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

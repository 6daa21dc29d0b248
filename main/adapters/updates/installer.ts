import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import type { AppUpdater } from 'electron-updater'
import { AppError, isAppError } from '../../core/errors.ts'
import type { Log, UpdateInstaller } from '../../core/ports.ts'
import type { ReleaseFile } from '../../core/updates/update.ts'
import { fedBy, type Verified } from './electron-updater.ts'
import { measureFile } from './update-folder.ts'

export type InstallerParts = {
  /** Where the update waits (update-folder.ts). */
  readonly folder: string
  readonly platform: NodeJS.Platform
  /** Windows: who must have signed an installer. */
  readonly publishers: readonly string[]
  readonly log: Log
}

/**
 * electron-updater's part of an update, and no more: replacing the app by the platform's own means (dpkg, rpm, NSIS with its
 * Authenticode check, Squirrel.Mac, the AppImage's file). It makes no request: it is handed the verified file.
 */
export function openInstaller(parts: InstallerParts): UpdateInstaller {
  const { folder, platform, publishers, log } = parts
  const kind = () => kindOf(platform)
  const work = join(folder, 'install')
  const config = join(work, 'app-update.yml')
  return {
    kind,
    async attempted() {
      const text = await readFile(config, 'utf8').catch(() => 'null')
      const { attempted = null }: { readonly attempted?: string | null } = JSON.parse(text) ?? {}
      return attempted
    },
    async install(file, version, restart) {
      const extension = await kind()
      if (extension === null || !fitsIntoShell(folder, platform)) throw notInstalled('not-replaceable')
      try {
        await rm(work, { recursive: true, force: true })
        await mkdir(work, { recursive: true, mode: 0o700 })
        await writeFile(
          config,
          JSON.stringify({ updaterCacheDirName: '.', publisherName: publishers, attempted: version }),
        )
        const verified: Verified = {
          version,
          file,
          config,
          work,
          restart,
          copyTo: target => copyVerified(join(folder, file.name), target, file),
        }
        await replace(fedBy(await updaterOf(extension, verified), verified, log), restart)
      } catch (error) {
        throw isAppError(error) ? error : notInstalled('platform', error)
      }
    },
  }
}

/** Which of its packages this copy came in. Where that cannot be told it cannot replace itself. */
async function kindOf(platform: NodeJS.Platform): Promise<string | null> {
  if (!app.isPackaged) return null
  if (platform === 'darwin') return 'zip'
  if (platform === 'win32') return isFromNsis() ? 'exe' : null
  if (process.env.APPIMAGE) return 'AppImage'
  const text = await readFile(join(process.resourcesPath, 'package-type'), 'utf8').catch(() => '')
  const type = text.trim()
  return type === 'deb' || type === 'rpm' ? type : null
}

/** The portable program and what the MSI lays down have no uninstaller beside them. */
const isFromNsis = (): boolean =>
  existsSync(join(dirname(process.execPath), `Uninstall ${app.getName()}.exe`))

/** electron-updater hands the path to a shell, on Linux to one of root's: nothing that means something there gets through. */
const fitsIntoShell = (folder: string, platform: NodeJS.Platform): boolean =>
  platform !== 'linux' || /^[\p{L}\p{N}/ ._+@-]+$/u.test(folder)

async function updaterOf(extension: string, verified: Verified): Promise<AppUpdater> {
  const { AppImageUpdater, DebUpdater, MacUpdater, NsisUpdater, RpmUpdater } = await import(
    'electron-updater'
  )
  const kinds = {
    AppImage: AppImageUpdater,
    deb: DebUpdater,
    rpm: RpmUpdater,
    zip: MacUpdater,
    exe: NsisUpdater,
  }
  const Updater = Object.entries(kinds).find(([one]) => one === extension)?.[1]
  if (Updater === undefined) throw notInstalled('not-replaceable')
  return new Updater(undefined, {
    version: app.getVersion(),
    name: app.getName(),
    isPackaged: true,
    appUpdateConfigPath: verified.config,
    userDataPath: verified.work,
    baseCachePath: verified.work,
    whenReady: async () => {},
    relaunch: () => app.relaunch(),
    // The app is ending already, and in its own order.
    quit: () => {},
    onQuit: () => {},
  })
}

/** The last look before the app is replaced: what is handed over is what was hashed while it was copied. */
async function copyVerified(from: string, to: string, { size, sha512 }: ReleaseFile): Promise<void> {
  const target = await open(to, 'wx', 0o600)
  try {
    const found = await measureFile(from, async piece => void (await target.writeFile(piece)))
    if (found === null || found.size !== size || found.sha512 !== sha512)
      throw new AppError('update-refused', { facts: { reason: 'file' } })
    await target.sync()
  } finally {
    await target.close()
  }
}

async function replace(updater: AppUpdater, restart: boolean): Promise<void> {
  const { BaseUpdater } = await import('electron-updater')
  let failure: unknown = null
  updater.on('error', error => {
    failure ??= error
  })
  await updater.checkForUpdates()
  await updater.downloadUpdate()
  if (!(updater instanceof BaseUpdater)) await throughSquirrel(updater)
  else if (!updater.install(true, restart)) failure ??= new Error('The platform did not take it')
  if (failure !== null) throw failure
}

/** Squirrel.Mac takes the file from a server on this computer, checks its signature, and replaces the app once it has ended. */
async function throughSquirrel(updater: AppUpdater): Promise<void> {
  const { autoUpdater } = await import('electron')
  await new Promise<void>((resolve, reject) => {
    autoUpdater.once('update-downloaded', () => resolve())
    autoUpdater.once('error', reject)
    updater.quitAndInstall()
  })
}

const notInstalled = (reason: string, cause?: unknown) =>
  new AppError('update-not-installed', { facts: { reason }, cause })

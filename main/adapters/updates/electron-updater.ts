/**
 * electron-updater without its network: a provider that knows one release, and an executor that copies one file. It would
 * follow redirects anywhere, send an id of this computer with each request, and believe an unsigned manifest.
 */
import type { AppUpdater, Provider, ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater'
import type { Log } from '../../core/ports.ts'
import type { ReleaseFile } from '../../core/updates/update.ts'

/** An update that was verified, and where it is laid out for the platform. */
export type Verified = {
  readonly version: string
  readonly file: ReleaseFile
  /** electron-updater's own settings, `app-update.yml`. */
  readonly config: string
  /** A folder for electron-updater alone. */
  readonly work: string
  readonly restart: boolean
  /** Copies the file, hashing it on the way. Throws `update-refused` where it is not what was signed. */
  copyTo(path: string): Promise<void>
}

type Serves = Pick<
  Provider<UpdateInfo>,
  'getLatestVersion' | 'resolveFiles' | 'setRequestHeaders' | 'fileExtraDownloadHeaders'
>

/** The same updater, fed from the verified file alone. */
export function fedBy(updater: AppUpdater, verified: Verified, log: Log): AppUpdater {
  const { version, file, copyTo, restart } = verified
  const info: ResolvedUpdateFileInfo['info'] = { url: file.name, sha512: file.sha512, size: file.size }
  // A name to tell the kind of file by; nothing is ever fetched from there.
  const url = new URL(encodeURIComponent(file.name), 'https://verified.invalid/')
  const serves: Serves = {
    fileExtraDownloadHeaders: null,
    setRequestHeaders: () => {},
    getLatestVersion: async () => ({
      version,
      files: [info],
      path: file.name,
      sha512: file.sha512,
      releaseDate: '',
    }),
    resolveFiles: () => [{ url, info }],
  }
  updater.logger = {
    info: said => log.write('info', 'update.installing', { said: String(said) }),
    warn: said => log.write('warn', 'update.installing', { said: String(said) }),
    // Also of a tool that is only looked for; what went wrong in the end is thrown.
    error: said => log.write('warn', 'update.installing', { said: String(said) }),
  }
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.autoRunAppAfterInstall = restart
  updater.disableDifferentialDownload = true
  updater.disableWebInstaller = true
  updater.setFeedURL({
    provider: 'custom',
    updateProvider: class {
      constructor() {
        Object.assign(this, serves)
      }
    },
  })
  // Made without one, since it was given an app of its own: there is nothing in it that could send a request.
  return Object.assign(updater, {
    httpExecutor: { download: (_url: URL, target: string) => copyTo(target) },
    // Otherwise it makes up an id of this computer, writes it down, and adds it to its requests.
    stagingUserIdPromise: { value: Promise.resolve('') },
  })
}

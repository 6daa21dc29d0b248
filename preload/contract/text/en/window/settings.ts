/** Settings. */
import { largeDownload } from '../../../words.ts'
import { files, hours, number, size } from '../figures.ts'

export const groups = {
  managed: 'Managed by your company',
  look: 'Look',
  files: 'Files',
  archives: 'Limits for archives',
  runs: 'Runs',
  notifications: 'Notifications',
  desktop: 'Start and close',
  network: 'Network',
  support: 'Support',
} as const
export const theme = 'Theme'
export const themes = { system: 'As the computer', light: 'Light', dark: 'Dark' } as const
export const density = 'Rows'
export const densities = { normal: 'Normal', compact: 'Compact' } as const
export const notifications = 'Notify me about'
export const notificationChoices = {
  all: 'Deliveries and what needs me',
  problems: 'Only what needs me',
  off: 'Nothing',
} as const
export const closeToTray = 'Closing the window keeps Extract Desk in the tray'
export const closeToTrayWhat = 'It goes on watching and delivering. Quit always quits.'
export const startAtLogin = 'Start with the computer'
export const startAtLoginWhat = 'Extract Desk works only while somebody is signed in to this computer.'
export const defaultFolder = 'Folder offered for new destinations'
export const noDefaultFolder = 'None: ask each time'
export const choose = 'Choose…'
export const forget = 'Forget'
export const archiveLimit = 'Refuse an archive that unpacks to more than'
export const archiveLimitUnit = (factor: number): string =>
  `${files(50_000 * factor)}, ${number(200 * factor)} GiB, or ${number(500 * factor)} times its own size`
export const archiveLimitWhat =
  'Small archives that unpack without end are made to fill disks. Raise this only where a delivery was refused and the archive is known to be right; then deliver its job again.'
export const againHours = 'Ask twice before running again within'
export const againHoursUnit = (n: number): string => hours(n)
export const againHoursWhat = 'Production only. A job whose files were not saved always asks twice.'
export const paused = 'Pause watching and delivering'
export const pausedWhat = 'Running jobs go on at the system; their files are fetched when you go on.'
export const pauseOnMetered = 'Pause large downloads on metered connections'
export const pauseOnMeteredWhat = `A file of which more than ${size(largeDownload)} are still to come waits for another network, and then goes on by itself.`
export const proxy = 'Reach the systems'
export const proxies = {
  system: 'As this computer does',
  direct: 'Without a proxy',
  pac: 'By a script (PAC)',
  fixed: 'Through one proxy',
} as const
export const pacUrl = 'Address of the script'
export const pacUrlWhat = 'IT can name it, for example http://proxy.acme.example/proxy.pac'
export const proxyServer = 'Proxy'
export const proxyServerWhat = 'Host and port, for example proxy.acme.example:8080'
export const proxyBypass = 'Not for these hosts'
export const proxyBypassWhat = 'Separated by commas'
export const useProxy = 'Use'
export const proxySignIn = {
  username: 'User name at the proxy',
  usernameWhat: 'Only where the proxy asks for one; IT knows. A domain may stand before it: ACME\\anna.',
  password: 'Password at the proxy',
  passwordWhat: 'Goes into this computer’s keychain and is not shown again.',
  save: 'Keep',
  saved: 'Kept. It is tried once with the next request.',
} as const
export const managed = {
  what: 'IT has decided this for everybody on this computer. It cannot be changed here.',
  unreadable: (parts: readonly string[]): string =>
    parts.includes('*')
      ? 'What IT has written cannot be read, so nothing is allowed that could be forbidden. Tell IT.'
      : `This part of what IT has written cannot be read, and is as strict as it can be: ${parts.join(', ')}. Tell IT.`,
  hosts: 'Systems that may be reached',
  anyHost: 'Any',
  onlyHosts: (hosts: readonly string[]): string => (hosts.length === 0 ? 'None' : hosts.join(', ')),
  connections: 'Connections',
  connectionsAre: {
    changeable: 'May be added and removed',
    fixed: 'Only IT adds and removes them; you can sign in again',
  },
  updates: 'Updates',
  updatesOff: 'Switched off',
  updatesFrom: (server: string | null, channel: string | null): string =>
    server === null && channel === null
      ? 'As this build has them'
      : `${server ?? 'The server of this build'}, channel ${channel ?? 'latest'}`,
  practice: 'Practice',
  allowed: 'Allowed',
  off: 'Off',
  settings: 'Settings that are fixed',
  none: 'None',
  settingNames: {
    theme,
    density,
    notifications,
    closeToTray,
    startAtLogin,
    defaultFolder,
    defaultName: 'Name offered for new destinations',
    keepAnswersDays: 'How long answers are kept',
    keepLogsDays: 'How long logs are kept',
    keepRefusedDays: 'How long refused downloads are kept',
    keepReplacedDays: 'How long replaced files are kept',
    againHours,
    archiveFactor: archiveLimit,
    paused,
    pauseOnMetered,
    proxy,
  } as Readonly<Record<string, string>>,
} as const
export const showLogs = 'Show logs'
export const logsWhat = 'Logs hold no secrets; they can be sent to whoever supports this app.'
export const version = 'Version'
export const profile = 'Profile'

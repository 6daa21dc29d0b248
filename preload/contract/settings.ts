/** What the user chooses for this profile. */
export type ProxySettings =
  | { readonly mode: 'system' }
  | { readonly mode: 'direct' }
  | { readonly mode: 'pac'; readonly url: string }
  | { readonly mode: 'fixed'; readonly server: string; readonly bypass: string }

export type Settings = {
  readonly theme: 'system' | 'light' | 'dark'
  readonly density: 'normal' | 'compact'
  readonly notifications: 'off' | 'problems' | 'all'
  readonly closeToTray: boolean
  readonly startAtLogin: boolean
  /** The key `?` alone opens the overview of shortcuts. */
  readonly questionMarkKey: boolean
  readonly defaultFolder: string | null
  /** Name template that is offered for new destinations. */
  readonly defaultName: string
  /** For how many days raw answers, log lines, replaced files and refused downloads are kept; 0: not at all. */
  readonly keepAnswersDays: number
  readonly keepLogsDays: number
  readonly keepReplacedDays: number
  readonly keepRefusedDays: number
  /** A run within so many hours after the last one asks for the second step on production. */
  readonly againHours: number
  /** The limits for archives are raised by this factor; 1: they are the usual ones. */
  readonly archiveFactor: number
  readonly paused: boolean
  /** Large downloads wait while the connection is metered. */
  readonly pauseOnMetered: boolean
  readonly proxy: ProxySettings
}

import { create } from 'zustand'
import type { ErrorView } from '../../preload/contract/errors.ts'
import type { Settings, StatusView } from '../../preload/contract/types.ts'
import { noUpdates } from '../../preload/contract/updates.ts'

type SettingsState = {
  readonly settings: Settings
  readonly status: StatusView
  /** Whether the mirror stands. Nothing but the waiting page is drawn before. */
  readonly mirror: 'loading' | 'live' | { readonly failed: ErrorView }
}

/** Mirror of settings and status; only sync.ts writes it. The values below are never drawn: they fill the type until the first snapshot. */
export const useSettings = create<SettingsState>(() => ({
  settings: {
    theme: 'system',
    density: 'normal',
    notifications: 'all',
    closeToTray: true,
    startAtLogin: false,
    questionMarkKey: true,
    defaultFolder: null,
    defaultName: '{original}{ext}',
    keepAnswersDays: 30,
    keepLogsDays: 90,
    keepReplacedDays: 0,
    keepRefusedDays: 0,
    againHours: 12,
    archiveFactor: 1,
    paused: false,
    pauseOnMetered: false,
    proxy: { mode: 'system' },
  },
  status: {
    online: true,
    metered: null,
    keychain: 'ok',
    practice: false,
    version: '',
    profile: '',
    managed: {
      settings: [],
      allowedHosts: null,
      practice: true,
      connections: 'changeable',
      updates: { channel: null, url: null },
      unreadable: [],
    },
    update: noUpdates,
  },
  mirror: 'loading',
}))

/** Newer versions of the app. */
import { size } from '../figures.ts'

export const title = 'Updates'
export const thisVersion = 'This version'
export const channel = 'Channel'
export const state = 'State'
export const lastCheck = 'Last looked'
export const never = 'Not yet'
export const check = 'Check for updates'
export const restart = 'Install and restart'
export const later = 'Not now'
export const notes = (version: string): string => `What version ${version} brings`
export const downloading = 'Download of the new version'
export const byCompany = 'Set by your company.'
export const channelName = (name: string): string => (name === 'latest' ? 'latest (releases)' : name)

export const offWhy = {
  'not-set-up': 'Not set up: this build knows no update server. IT, or you, installs new versions.',
  managed: 'Switched off by your company: IT installs new versions.',
} as const

export const states = {
  idle: 'It is looked for once a day.',
  checking: 'Looking for a newer version…',
  none: 'This is the newest version.',
  verifying: 'Checking the signed sums of the file…',
  installing: 'Being installed.',
  failed: 'Could not be updated; it is tried again by itself.',
} as const
export const available = (version: string): string => `Version ${version} is there.`
export const cannotInstall = (version: string): string =>
  `Version ${version} is there. This copy of Extract Desk cannot replace itself: IT, or you, installs it.`
export const downloadingState = (version: string, bytes: number): string =>
  `Version ${version} is being downloaded (${size(bytes)}).`
export const ready = (version: string): string =>
  `Version ${version} is ready. It is installed when you quit and nothing runs; your records are copied first where they change.`
export const readyAgain = (version: string): string =>
  `Version ${version} is ready, and could not be installed when you quit. It may need the administrator’s password; “${restart}” tries again.`
export const deferred = (version: string): string =>
  `Version ${version} is installed as soon as nothing runs any more. Extract Desk then starts again.`
export const readyInLine = (version: string): string => `version ${version} ready to install`

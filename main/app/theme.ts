import { nativeTheme } from 'electron'
import type { Settings } from '../../preload/contract/types.ts'
import type { WindowMemory } from './window-memory.ts'

/** Gives menus, dialogs and the page (prefers-color-scheme) the theme of the settings, from the first frame on. */
export function installTheme(memory: WindowMemory): (theme: Settings['theme']) => void {
  nativeTheme.themeSource = memory.read().theme
  return theme => {
    if (memory.read().theme === theme) return
    nativeTheme.themeSource = theme
    memory.remember({ theme })
  }
}

import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import { channels } from '../../preload/contract/channels.ts'
import type { Sender } from '../core/policy/sender.ts'
import { answer, type Door } from './answer.ts'

/**
 * Opens the one door, for every channel of the table and no other; the only place that knows ipcMain. It is open
 * before the window loads, so that no call finds nobody there. Registering a channel twice throws: a start-up crash.
 */
export function registerDoor(door: Door): void {
  // Whoever calls is told; that nobody called yet is no fault.
  door.router.catch(() => undefined)
  for (const [domain, calls] of Object.entries(channels)) {
    for (const call of calls) {
      const channel = `${domain}.${call}`
      ipcMain.handle(channel, (event, ...args: unknown[]) => answer(door, channel, senderOf(event), args))
    }
  }
}

function senderOf({ sender, senderFrame }: IpcMainInvokeEvent): Sender {
  return {
    webContentsId: sender.id,
    frameUrl: senderFrame?.url ?? null,
    isMainFrame: senderFrame !== null && senderFrame.parent === null,
  }
}

import { isWindowPage } from './navigation.ts'

/** Who sent a message, as Electron says it. */
export type Sender = {
  readonly webContentsId: number
  /** Address of the frame at the time of the message; null where the frame is gone already. */
  readonly frameUrl: string | null
  readonly isMainFrame: boolean
}

/**
 * Only our window's own main frame, showing our page, is answered: not a frame inside it, not another window, not
 * what stays of a page that was navigated away. `windowId` is null while no window lives.
 */
export function isTrustedSender(sender: Sender, windowId: number | null): boolean {
  return (
    sender.webContentsId === windowId &&
    sender.isMainFrame &&
    sender.frameUrl !== null &&
    isWindowPage(sender.frameUrl)
  )
}

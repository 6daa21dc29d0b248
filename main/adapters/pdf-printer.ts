import { BrowserWindow, session } from 'electron'
import type { Printer } from '../core/receipts/exports.ts'

/**
 * The port Printer by Chromium: its fonts write every language that the computer has, and in the right direction. The
 * page has a hidden window and a session of its own, in the sandbox, without scripts, and every request is refused.
 */
export const pdfPrinter: Printer = {
  async open(work) {
    const pages = session.fromPartition('receipt-printer', { cache: false })
    pages.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !url.startsWith('data:') }))
    pages.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
    pages.setPermissionCheckHandler(() => false)
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        session: pages,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        javascript: false,
        spellcheck: false,
        devTools: false,
      },
    })
    try {
      return await work(async html => {
        await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`)
        return window.webContents.printToPDF({ preferCSSPageSize: true, generateTaggedPDF: true })
      })
    } finally {
      window.destroy()
    }
  },
}

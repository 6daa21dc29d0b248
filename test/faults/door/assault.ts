import type { ElectronApplication, Page } from 'playwright-core'
import { z } from 'zod'
import { channels } from '../../../preload/contract/channels.ts'
import { errorCodes } from '../../../preload/contract/errors.ts'
import { schemas } from '../../../preload/contract/schemas.ts'
import type { Snapshot } from '../../../preload/contract/types.ts'
import { inMain } from '../../electron/shell/hands.ts'
import { type Attack, type AttackReport, attack, type Shape } from './attack.ts'

export type Assault = {
  readonly seed: number
  /** Payloads for each channel. */
  readonly count: number
  readonly secrets: readonly string[]
  readonly paths: readonly string[]
}

export type ChannelReport = AttackReport & { readonly channel: string }

/** Attacks every channel there is, one after the other, from this page. */
export async function assault(
  page: Page,
  { seed, count, secrets, paths }: Assault,
  onChannel: (report: ChannelReport) => void,
): Promise<void> {
  const known = await idsOf(page)
  for (const [at, { channel, domain, call, shape }] of everyCall().entries()) {
    const plan: Attack = {
      ...{ domain, call, shape, secrets, paths, count },
      ...{ ids: known, codes: errorCodes, seed: seed + at },
    }
    onChannel({ ...(await page.evaluate(attack, plan)), channel })
  }
}

const everyCall = () =>
  Object.entries(channels).flatMap(([domain, calls]) =>
    calls.map(call => {
      const schema: z.ZodType = Reflect.get(Reflect.get(schemas, domain), call)
      const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
      return { channel: `${domain}.${call}`, domain, call, shape }
    }),
  )

/** Ids of what there is; a stranger is told none. */
async function idsOf(page: Page): Promise<readonly string[]> {
  const snapshot = await page.evaluate(() => window.desk.app.snapshot())
  if (!snapshot.ok) return []
  const { connections, definitions, activity }: Snapshot = snapshot.value
  const delivered = activity.delivered.flatMap(({ receiptId }) => (receiptId === null ? [] : [receiptId]))
  return [...connections, ...definitions].map(({ id }) => id).concat(delivered)
}

/** From now on native dialogs are closed unanswered, nothing is opened outside, and the app does not end itself. */
export const standStill = (app: ElectronApplication): Promise<void> =>
  inMain(app, ({ app: electron, dialog, shell }) => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] })
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' })
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
    shell.openPath = async () => ''
    shell.showItemInFolder = () => {}
    electron.quit = () => {}
    electron.relaunch = () => {}
  })

/** A window that is none of ours, though it was given our bridge. */
export async function openStranger(app: ElectronApplication, address: string): Promise<Page> {
  const arrived = app.waitForEvent('window')
  await inMain(
    app,
    async ({ app: electron, BrowserWindow }, url) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${electron.getAppPath()}/dist/preload/index.cjs`, sandbox: true },
      })
      await stranger.loadURL(url)
    },
    address,
  )
  return arrived
}

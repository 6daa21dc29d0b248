import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import AdmZip from 'adm-zip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Delivered, firstDelivery } from '../journeys/first-delivery.ts'
import { sha256Of } from '../journeys/on-disk.ts'
import { type OpenedApp, openApp } from '../journeys/opened-app.ts'
import { desktop } from '../session/desktop.ts'

const session = desktop()
let opened: OpenedApp
let delivered: Delivered

beforeAll(async () => {
  opened = await openApp(session, session.newFolder('profile'), { HOME: session.newFolder('home') })
  delivered = await firstDelivery({ app: opened.app, screenshot: async () => {} })
}, 120_000)
afterAll(async () => {
  await opened.close()
  session.detach()
})

/** Everything that the window may ask of one delivered file, through its own bridge. */
async function looked(fileIndex: number) {
  const page = await opened.app.firstWindow()
  return page.evaluate(
    async ({ receiptId, at }) => {
      const { inside } = window.desk
      const value = <T>(answer: { ok: true; value: T } | { ok: false; error: { code: string } }): T => {
        if (!answer.ok) throw new Error(answer.error.code)
        return answer.value
      }
      const file = value(await inside.open({ receiptId, fileIndex: at, entry: null }, 'open'))
      if (file.kind !== 'table') throw new Error('It is an archive')
      const { viewId, layout, columns } = file.view
      const index = value(await inside.index(viewId, [169], 'index'))
      const range = { from: 0, count: 2, columns: [5, 16, 169] }
      const masked = value(await inside.rows(viewId, range))
      const shown = value(await inside.show(viewId, [16]))
      const asTheyAre = value(await inside.rows(viewId, range))
      const copy = value(await inside.saveCopy(viewId, [5, 169], 'copy'))
      await inside.close(viewId)
      const closed = await inside.rows(viewId, range)
      return { layout, columns, index, masked, shown, asTheyAre, copy, closed }
    },
    { receiptId: delivered.receiptId, at: fileIndex },
  )
}

describe('looking inside in the real app', { timeout: 60_000 }, () => {
  it('shows the accounting extract that was delivered, adds it up, and saves a safe copy', async () => {
    const copyAt = join(session.newFolder('copies'), 'copy.xlsx')
    await opened.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, copyAt)
    const at = delivered.files.findIndex(({ path }) => path.includes('SAE'))
    const before = delivered.files.map(({ sha256 }) => sha256)
    const { layout, columns, index, masked, shown, asTheyAre, copy, closed } = await looked(at)
    expect([layout, columns.length]).toEqual(['concur', 400])
    expect(columns[15]).toMatchObject({ name: 'ACH Bank Account Number', masked: true })
    expect(index.control?.match).toBe(true)
    expect(index.totals[0]?.sum).toBe(index.control?.total)
    expect(masked.every(({ cells }) => cells[1] === '' || cells[1]?.startsWith('••••'))).toBe(true)
    expect(shown[15]?.masked).toBe(false)
    expect(asTheyAre.map(({ cells }) => cells[2])).toEqual(masked.map(({ cells }) => cells[2]))
    expect(copy).toMatchObject({ path: copyAt, rows: index.rows, sheets: 1 })
    expect(new AdmZip(readFileSync(copyAt)).getEntry('xl/worksheets/sheet1.xml')).not.toBeNull()
    expect(closed).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(delivered.files.map(({ path }) => sha256Of(join(delivered.folder, path)))).toEqual(before)
  })
})

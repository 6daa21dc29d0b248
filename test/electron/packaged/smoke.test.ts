import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { firstDelivery } from '../journeys/first-delivery.ts'
import { desktop, startApp } from '../session/desktop.ts'

test('the packaged app makes the first delivery', async () => {
  const session = desktop()
  const app = await startApp(session, session.newFolder('profile'))
  try {
    expect(await app.evaluate(({ app }) => app.isPackaged)).toBe(true)
    const { folder, files } = await firstDelivery({ app, screenshot: async () => {} })
    expect(files).not.toEqual([])
    for (const file of files) {
      const bytes = readFileSync(join(folder, file.path))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256)
    }
  } finally {
    await app.close()
    session.detach()
  }
})

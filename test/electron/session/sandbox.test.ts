import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inMain } from '../shell/hands.ts'
import { desktop, startApp } from './desktop.ts'

test.runIf(process.platform === 'linux')('pages run inside the sandbox, as an ordinary user', async () => {
  const session = desktop()
  const app = await startApp(session, session.newFolder('profile'))
  try {
    await app.firstWindow()
    const pages = await inMain(app, ({ app }) =>
      app
        .getAppMetrics()
        .filter(process => process.type === 'Tab')
        .map(process => process.pid),
    )
    expect(pages.length).toBeGreaterThan(0)
    for (const pid of pages) {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      // 2: system calls pass a filter of the sandbox's own.
      expect(status).toMatch(/^Seccomp:\s*2$/m)
      expect(status).not.toMatch(/^Uid:\s*0\s/m)
    }
  } finally {
    await app.close()
    session.detach()
  }
})

import type { ElectronApplication, Page } from 'playwright-core'

const violations: string[] = []

/** Notes what the content security policy refuses in any window of this app: a page of ours asks for nothing of it. */
export function watchPolicy(app: ElectronApplication): void {
  const listen = (page: Page): void => {
    page.on('console', message => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text())
    })
  }
  for (const page of app.windows()) listen(page)
  app.on('window', listen)
}

/** What was refused since this was last asked; for tests that try what must be refused. */
export const takeViolations = (): readonly string[] => violations.splice(0)

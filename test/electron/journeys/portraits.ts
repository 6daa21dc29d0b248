import type { Page } from 'playwright-core'
import { words } from '../../../preload/contract/text/index.ts'

type Screen = 'today' | 'extracts' | 'history' | 'settings'

/** Pictures of what a first delivery leaves behind, in both themes; the theme is then as it was. */
export async function portraits(
  page: Page,
  screenshot: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const close = page.getByRole('button', { name: words.history.receipt.close })
  await close.click()
  await close.waitFor({ state: 'detached' })
  await choose(page, 'light')
  for (const screen of ['today', 'history'] as const) {
    await goTo(page, screen)
    await screenshot(page, `${screen}-light`)
  }
  await choose(page, 'dark')
  for (const screen of ['today', 'extracts'] as const) {
    await goTo(page, screen)
    await screenshot(page, `${screen}-dark`)
  }
  await choose(page, 'system')
  await goTo(page, 'today')
}

async function goTo(page: Page, screen: Screen): Promise<void> {
  const rail = page.getByRole('navigation', { name: words.shell.rail })
  await rail.getByText(words.shell[screen], { exact: true }).click()
  await page.getByRole('heading', { level: 1, name: words.shell[screen] }).waitFor()
  if (screen === 'history')
    await page.getByRole('grid').getByText(words.states.outcomes.delivered).first().waitFor()
}

async function choose(page: Page, theme: keyof typeof words.settings.themes): Promise<void> {
  await goTo(page, 'settings')
  await page.getByText(words.settings.themes[theme], { exact: true }).click()
  await page.waitForFunction(chosen => (document.documentElement.dataset.theme ?? 'system') === chosen, theme)
}

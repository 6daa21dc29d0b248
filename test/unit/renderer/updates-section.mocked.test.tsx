import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, test, vi } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { noUpdates, type UpdateView } from '../../../preload/contract/updates.ts'
import { UpdatesSection } from '../../../renderer/features/settings/updates-section.tsx'

const status = vi.hoisted((): { version: string; update: unknown } => ({ version: '0.1.0', update: null }))
vi.mock('../../../renderer/bridge.ts', () => ({ desk: {} }))
vi.mock('../../../renderer/stores/settings.ts', () => ({ useSettings: () => ({ status }) }))

const text = words.updates
const known: UpdateView = {
  ...noUpdates,
  why: null,
  channel: 'latest',
  version: '0.2.0',
  notes: '<b>Counts</b> faster.',
  size: 100_000_000,
  received: 40_000_000,
  checkedAt: null,
}
const shown = (view: Partial<UpdateView>): string => {
  status.update = { ...known, ...view }
  return renderToStaticMarkup(<UpdatesSection />)
}
beforeEach(() => {
  status.update = null
})

test('what is not set up, or was switched off by the company, says so and offers nothing', () => {
  for (const why of ['not-set-up', 'managed'] as const) {
    const html = shown({ ...noUpdates, why })
    expect(html).toContain(text.offWhy[why])
    expect(html).not.toContain('<button')
  }
})

test.each([
  ['idle', text.states.idle, text.check],
  ['checking', text.states.checking, text.check],
  ['none', text.states.none, text.check],
  ['downloading', text.downloadingState('0.2.0', 100_000_000), null],
  ['verifying', text.states.verifying, null],
  ['ready', text.ready('0.2.0'), text.restart],
  ['deferred', text.deferred('0.2.0'), text.later],
  ['failed', text.states.failed, text.check],
] as const)('%s says where it stands, and what can be done', (state, said, button) => {
  const html = shown({ state })
  expect(html).toContain(said)
  const offered = [text.check, text.restart, text.later].filter(one => html.includes(`>${one}</button>`))
  expect(offered).toEqual(button === null ? [] : [button])
})

test('a copy that cannot replace itself says who installs the new version', () => {
  expect(shown({ state: 'available', installable: false })).toContain(text.cannotInstall('0.2.0'))
})

test('release notes are text, whatever stands in them', () => {
  const html = shown({ state: 'ready' })
  expect(html).toContain('&lt;b&gt;Counts&lt;/b&gt; faster.')
  expect(html).not.toContain('<b>Counts')
})

test('a channel that the company chose is named as theirs, and a refusal says what to do', () => {
  const html = shown({
    state: 'failed',
    managed: true,
    channel: 'pilot',
    error: { code: 'update-refused', facts: { reason: 'signature' } },
  })
  expect(html).toContain(`pilot ${text.byCompany}`)
  expect(html).toContain('Do not install this version from elsewhere.')
})

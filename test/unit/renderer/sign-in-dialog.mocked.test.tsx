import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import type { StatusView } from '../../../preload/contract/types.ts'
import { SignInDialog } from '../../../renderer/features/connections/sign-in-dialog.tsx'
import { monthEnd } from '../../fakes/fake-desk-data.ts'

const status = vi.hoisted((): { keychain: StatusView['keychain'] } => ({ keychain: 'ok' }))
const [connection] = monthEnd(1_700_000_000_000).connections

vi.mock('../../../renderer/bridge.ts', () => ({ desk: {} }))
vi.mock('../../../renderer/stores/connections.ts', () => ({ useConnection: () => connection }))
vi.mock('../../../renderer/stores/settings.ts', () => ({
  useSettings: (select: (state: { status: typeof status }) => unknown) => select({ status }),
}))
// A dialog is drawn into the body of a page, which a text has not.
vi.mock('../../../renderer/ui/dialog.tsx', () => ({
  Dialog: ({ children }: { children: ReactNode }) => <div>{children}</div>,
}))

const { keeps } = words.connections.form

test.each([
  ['ok', keeps.keychain],
  ['unavailable', keeps.session],
] as const)('signing in anew where the keychain is %s offers: %s', (keychain, offered) => {
  status.keychain = keychain
  const html = renderToStaticMarkup(<SignInDialog connectionId="c-1" onClose={() => {}} />)
  const chosen = html.split('<label').filter(label => label.includes('data-selected'))
  expect(chosen).toHaveLength(1)
  expect(chosen[0]).toContain(offered)
})

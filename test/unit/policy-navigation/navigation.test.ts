import { describe, expect, it } from 'vitest'
import { isWindowPage, windowPage } from '../../../main/core/policy/navigation.ts'
import { isTrustedSender } from '../../../main/core/policy/sender.ts'

const hostile = [
  '',
  'about:blank',
  'about:srcdoc',
  'javascript:alert(1)',
  'data:text/html,<script>1</script>',
  'blob:app://desk/1234',
  'file:///etc/passwd',
  'file://desk/index.html',
  'http://desk/index.html',
  'https://desk/index.html',
  'http://example.invalid/?next=app://desk/index.html',
  'http://example.invalid/#app://desk/index.html',
  'https://app://desk/index.html',
  'app://desk.example.invalid/index.html',
  'app://example.invalid/index.html',
  'app://example.invalid/app://desk/index.html',
  'app://desk@example.invalid/index.html',
  'app://user@desk/index.html',
  'app://user:pass@desk/index.html',
  'app://desk:8080/index.html',
  'app://DESK/index.html',
  'app:desk/index.html',
  'app:///desk/index.html',
  'app://desk',
  'app://desk/',
  'app://desk/other.html',
  'app://desk/index.html/../other.html',
  'app://desk//index.html',
  'app://desk/%69ndex.html',
  'app://desk/index.html%00',
  'apps://desk/index.html',
  ' app',
  'view-source:app://desk/index.html',
  'devtools://devtools/bundled/inspector.html',
]

describe('where the window may be', () => {
  it.each([windowPage, `${windowPage}#/history`, `${windowPage}?theme=dark`])('allows %s', address => {
    expect(isWindowPage(address)).toBe(true)
  })
  it.each(hostile)('refuses %j', address => {
    expect(isWindowPage(address)).toBe(false)
  })
})

describe('who is answered', () => {
  const ours = { webContentsId: 7, frameUrl: windowPage, isMainFrame: true }
  it('is our page in our window', () => expect(isTrustedSender(ours, 7)).toBe(true))
  it('is not another window', () => expect(isTrustedSender(ours, 8)).toBe(false))
  it('is nobody while no window lives', () => expect(isTrustedSender(ours, null)).toBe(false))
  it('is not a frame inside our page', () =>
    expect(isTrustedSender({ ...ours, isMainFrame: false }, 7)).toBe(false))
  it('is not a frame that is gone', () => expect(isTrustedSender({ ...ours, frameUrl: null }, 7)).toBe(false))
  it.each(hostile)('is not %j', frameUrl => {
    expect(isTrustedSender({ ...ours, frameUrl }, 7)).toBe(false)
  })
})

import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { words } from '../../../preload/contract/text/index.ts'
import { ProxySignInForm } from '../../../renderer/features/settings/proxy-form.tsx'

const text = words.settings.proxySignIn
const drawn = (result: undefined | null) =>
  renderToStaticMarkup(
    <ProxySignInForm signIn={{ run: async () => undefined, busy: false, error: null, result }} />,
  )

test('the proxy’s user name and password begin empty, and the password shows as dots', () => {
  const html = drawn(null)
  const fields = [...html.matchAll(/<input[^>]*>/g)].map(([input]) => input)
  expect(fields).toHaveLength(2)
  expect(fields.every(input => input.includes('value=""'))).toBe(true)
  expect(fields.map(input => /type="(\w+)"/.exec(input)?.[1])).toEqual(['text', 'password'])
  expect(html).toContain(text.passwordWhat)
  expect(html).not.toContain(text.saved)
})

test('it says when they are kept', () => {
  expect(drawn(undefined)).toContain(text.saved)
})

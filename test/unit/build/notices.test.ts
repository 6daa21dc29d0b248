import { expect, test } from 'vitest'
import { root } from '../../../build/ensure/ensure.mjs'
import { billOf, checkLicences, noticesOf } from '../../../build/notices.mjs'

const component = (name: string, id: string) => ({ name, version: '1.0.0', licenses: [{ license: { id } }] })

test('a package with a licence that nobody has looked at stops the packaging, by its name', () => {
  expect(() => checkLicences({ components: [component('fine', 'MIT')] })).not.toThrow()
  expect(() =>
    checkLicences({ components: [component('fine', 'MIT'), component('odd', 'GPL-3.0-only')] }),
  ).toThrow('odd 1.0.0 (GPL-3.0-only)')
  expect(() => checkLicences({ components: [{ name: 'silent', version: '1.0.0' }] })).toThrow(
    'silent 1.0.0 ()',
  )
})

test('the bill and the notices name what the app is made of, and nothing of where it was fetched', () => {
  const bill = billOf(root)
  expect(() => checkLicences(bill)).not.toThrow()
  const names = bill.components.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['react', 'zustand', 'keytar', 'libsql', 'fast-xml-parser', 'adm-zip']),
  )
  expect(names).not.toContain('vitest')
  expect(JSON.stringify(bill)).not.toContain('"distribution"')
  const notices = noticesOf(bill, root)
  expect(notices).toContain('Permission is hereby granted')
  for (const name of names) expect(notices).toContain(`${name} `)
})

import { describe, expect, it } from 'vitest'
import {
  type Draft,
  isAddress,
  newConnectionOf,
  OTHER,
  problemsOf,
} from '../../../renderer/features/connections/draft.ts'
import {
  concurAuthKinds,
  isHidden,
  missingFields,
  secretFields,
  secretsOf,
} from '../../../renderer/features/connections/secret-fields.ts'

const draft: Draft = {
  name: ' Acme US ',
  mark: 'production',
  dataCentre: 'https://www-us2.api.concursolutions.com',
  ownUrl: '',
  auth: 'refresh-token',
  secrets: {
    clientId: ' id ',
    clientSecret: 'secret',
    refreshToken: 'token\n',
    companyId: 'of another kind',
  },
  keep: 'keychain',
}

describe('a new connection', () => {
  it('carries the secrets of its kind alone, without the blanks of copying', () => {
    expect(newConnectionOf(draft)).toEqual({
      name: 'Acme US',
      system: 'concur',
      url: 'https://www-us2.api.concursolutions.com',
      mark: 'production',
      auth: 'refresh-token',
      secrets: { clientId: 'id', clientSecret: 'secret', refreshToken: 'token' },
      keep: 'keychain',
    })
  })

  it('names what is missing', () => {
    expect(problemsOf(draft)).toEqual([])
    expect(problemsOf({ ...draft, name: ' ', auth: 'password' })).toEqual(['name', 'secrets'])
    expect(problemsOf({ ...draft, dataCentre: OTHER, ownUrl: 'us2.example' })).toEqual(['address'])
  })

  it('takes an address of its own', () => {
    const own = { ...draft, dataCentre: OTHER, ownUrl: ' https://us2.api.concursolutions.com/ ' }
    expect(problemsOf(own)).toEqual([])
    expect(newConnectionOf(own).url).toBe('https://us2.api.concursolutions.com')
  })

  it.each([
    ['https://us2.api.concursolutions.com', true],
    ['https://us2.api.concursolutions.com:8443/', true],
    ['http://us2.api.concursolutions.com', false],
    ['https://us2.api.concursolutions.com/api', false],
    ['https://user:pw@us2.api.concursolutions.com', false],
    ['us2.api.concursolutions.com', false],
    ['', false],
  ])('takes %s as an address: %s', (url, ok) => {
    expect(isAddress(url)).toBe(ok)
  })
})

describe('secrets', () => {
  it('show as dots what nobody should read over a shoulder', () => {
    for (const auth of concurAuthKinds) {
      const shown = secretFields(auth).filter(field => !isHidden(field))
      expect(shown.filter(field => /secret|token|password/i.test(field))).toEqual([])
    }
  })

  it('take OAuth where no token type was chosen', () => {
    expect(secretsOf('access-token', { accessToken: 'x' })).toEqual({ accessToken: 'x', scheme: 'OAuth' })
    expect(missingFields('access-token', { accessToken: 'x' })).toEqual([])
  })
})

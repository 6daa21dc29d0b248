import { describe, expect, it } from 'vitest'
import { systemNames } from '../../../preload/contract/words.ts'
import { isAddress, OTHER, type TypedAddress, urlOf } from '../../../renderer/features/connections/address.ts'
import {
  type Draft,
  emptyDraft,
  isTyped,
  newConnectionOf,
  problemsOf,
} from '../../../renderer/features/connections/draft.ts'
import {
  authKindsOf,
  isHidden,
  missingFields,
  secretFields,
  secretsOf,
} from '../../../renderer/features/connections/secret-fields.ts'

const us2 = 'https://www-us2.api.concursolutions.com'
const draft: Draft = {
  ...emptyDraft('concur', us2, 'ok'),
  name: ' Acme US ',
  auth: 'refresh-token',
  secrets: {
    clientId: ' id ',
    clientSecret: 'secret',
    refreshToken: 'token\n',
    companyId: 'of another kind',
  },
}
const typed = (patch: Partial<TypedAddress>): TypedAddress => ({ ...draft.address, ...patch })

describe('a new connection', () => {
  it('carries the secrets of its kind alone, without the blanks of copying', () => {
    expect(newConnectionOf(draft)).toEqual({
      name: 'Acme US',
      system: 'concur',
      url: us2,
      mark: 'production',
      auth: 'refresh-token',
      secrets: { clientId: 'id', clientSecret: 'secret', refreshToken: 'token' },
      keep: 'keychain',
    })
  })

  it('names what is missing, and is none before', () => {
    expect(problemsOf(draft)).toEqual([])
    const incomplete: Draft = { ...draft, name: ' ', auth: 'password' }
    expect(problemsOf(incomplete)).toEqual(['name', 'secrets'])
    expect(newConnectionOf(incomplete)).toBeNull()
    const elsewhere = { ...draft, address: typed({ dataCentre: OTHER, ownUrl: 'us2.example' }) }
    expect(problemsOf(elsewhere)).toEqual(['address'])
  })

  it('takes folders and the one certificate of an IC server', () => {
    const icws: Draft = {
      ...emptyDraft('icws', us2, 'unavailable'),
      name: 'Calls',
      address: typed({ server: 'ic-a.acme.local' }),
      secrets: { userId: ' fin.batch ', password: ' of two blanks ' },
      outputMaps: [{ server: ' \\\\ic-a\\extracts ', local: '/mnt/extracts' }],
      certificateSha256: 'ab'.repeat(32),
    }
    expect(newConnectionOf(icws)).toEqual({
      name: 'Calls',
      system: 'icws',
      url: 'https://ic-a.acme.local:8019',
      mark: 'production',
      auth: 'password',
      secrets: { userId: 'fin.batch', password: ' of two blanks ' },
      keep: 'session',
      outputMaps: [{ server: '\\\\ic-a\\extracts', local: '/mnt/extracts' }],
      certificateSha256: 'ab'.repeat(32),
    })
    expect(problemsOf({ ...icws, outputMaps: [{ server: '', local: '/mnt' }] })).toEqual(['maps'])
  })

  it('is worth a question once something was typed', () => {
    expect(isTyped(emptyDraft('vault', us2, 'ok'))).toBe(false)
    expect(isTyped({ ...emptyDraft('vault', us2, 'ok'), address: typed({ vault: 'a' }) })).toBe(true)
    expect(isTyped({ ...emptyDraft('vault', us2, 'ok'), secrets: { password: 'a' } })).toBe(true)
  })
})

describe('an address', () => {
  it('of Concur may be one of its own', () => {
    const own = typed({ dataCentre: OTHER, ownUrl: ' https://us2.api.concursolutions.com/ ' })
    expect(urlOf('concur', own)).toBe('https://us2.api.concursolutions.com')
  })

  it.each([
    ['https://us2.api.concursolutions.com', true],
    ['https://us2.api.concursolutions.com:8443/', true],
    ['http://us2.api.concursolutions.com', false],
    ['https://us2.api.concursolutions.com/api', false],
    ['https://user:pw@us2.api.concursolutions.com', false],
    ['us2.api.concursolutions.com', false],
    ['', false],
  ])('of Concur is %s: %s', (url, ok) => {
    expect(isAddress(url)).toBe(ok)
  })

  it.each([
    [' ic-a ', '8019', 'https://ic-a:8019'],
    ['10.1.2.3', '9443', 'https://10.1.2.3:9443'],
    ['https://proxy.acme.com/ic-a/', '8019', 'https://proxy.acme.com/ic-a'],
    ['', '8019', null],
    ['ic a', '8019', null],
    ['http://ic-a', '8018', null],
    ['ic-a', '', null],
    ['ic-a', '70000', null],
  ])('of an IC server, %s and %s, is %s', (server, port, url) => {
    expect(urlOf('icws', typed({ server, port }))).toBe(url)
  })

  it.each([
    ['acme-quality.veevavault.com', 'https://acme-quality.veevavault.com'],
    [' https://acme.veevavault.com/ui/#doc_info/58/1/0 ', 'https://acme.veevavault.com'],
    ['http://acme.veevavault.com', null],
    ['https://user:pw@acme.veevavault.com', null],
    ['acme', null],
    ['', null],
  ])('of a vault, %s, is %s', (vault, url) => {
    expect(urlOf('vault', typed({ vault }))).toBe(url)
  })
})

describe('secrets', () => {
  const kinds = systemNames.flatMap(system => authKindsOf(system).map(auth => ({ system, auth })))

  it.each(kinds)('of $system by $auth show as dots what nobody should read over a shoulder', kind => {
    expect(secretFields(kind).length).toBeGreaterThan(0)
    const shown = secretFields(kind).filter(field => !isHidden(field))
    expect(shown.filter(field => /secret|token|password/i.test(field))).toEqual([])
  })

  it('take OAuth where Concur has a token and no type was chosen; a vault has none', () => {
    const concur = { system: 'concur', auth: 'access-token' } as const
    expect(secretsOf(concur, { accessToken: 'x' })).toEqual({ accessToken: 'x', scheme: 'OAuth' })
    expect(missingFields(concur, { accessToken: 'x' })).toEqual([])
    const vault = { system: 'vault', auth: 'access-token' } as const
    expect(secretsOf(vault, { accessToken: ' x ' })).toEqual({ accessToken: 'x' })
  })
})

import { describe, expect, test } from 'vitest'
import { registryText } from '../../../main/adapters/policy/policy-document.ts'
import type { ConnectionsService } from '../../../main/core/desk.ts'
import { connectionId } from '../../../main/core/ids.ts'
import { allowedHttp, managedConnections, readManaged, unmanaged } from '../../../main/core/policy/managed.ts'
import type { ManagedPolicy, Policy } from '../../../main/core/ports.ts'
import { seconds } from '../../../main/core/time.ts'
import type { NewConnection } from '../../../preload/contract/types.ts'
import { scriptedHttp } from '../../fakes/scripted-http.ts'

const policy = (managed: Partial<ManagedPolicy>): Policy => ({
  get: async () => ({ ...unmanaged, ...managed }),
})

const noUpdates = { updates: 'off', unreadable: ['updates'] } as const

describe('a policy', () => {
  test('that is not there decides nothing', () => {
    expect(readManaged(null)).toEqual(unmanaged)
    expect(readManaged({})).toEqual(unmanaged)
  })

  test('says what it says', () => {
    const document = {
      settings: { defaultFolder: '/srv/erp/in' },
      allowedHosts: ['*.concursolutions.com', 'ic-a.acme.example'],
      practice: false,
      connections: 'fixed',
      updates: { channel: 'pilot', url: 'https://mirror.acme.example/desk/' },
    }
    expect(readManaged(document)).toEqual({ ...document, unreadable: [] })
  })

  test.each([
    ['a misspelt name', { pratice: false }, { unreadable: ['pratice'] }],
    [
      'hosts that are none',
      { allowedHosts: ['https://a.example'] },
      { allowedHosts: [], unreadable: ['allowedHosts'] },
    ],
    ['a word for a truth', { practice: 'no' }, { practice: false, unreadable: ['practice'] }],
    ['an update server without https', { updates: { url: 'http://a.example/' } }, noUpdates],
    ['a channel that is a path', { updates: { channel: '../latest' } }, noUpdates],
    ['a misspelt name within', { updates: { chanel: 'pilot' } }, noUpdates],
    ['a word of no meaning', { connections: 'mine' }, { connections: 'fixed', unreadable: ['connections'] }],
  ])('is as strict as it can be at %s, and says so', (_what, document, strict) => {
    expect(readManaged(document)).toEqual({ ...unmanaged, ...strict })
  })

  test.each(['', '{"practice": fal', 7, ['practice'], false])(
    'that is no document (%j) allows nothing',
    document => {
      expect(readManaged(document)).toEqual({
        settings: {},
        allowedHosts: [],
        practice: false,
        connections: 'fixed',
        updates: 'off',
        unreadable: ['*'],
      })
    },
  )

  test('of updates may name one thing and leave the rest to the build', () => {
    expect(readManaged({ updates: 'off' })).toEqual({ ...unmanaged, updates: 'off' })
    expect(readManaged({ updates: { channel: 'pilot' } }).updates).toEqual({ channel: 'pilot', url: null })
    expect(readManaged({ updates: { url: 'http://127.0.0.1:8080/' } }).unreadable).toEqual([])
  })

  test('is one value in the registry', () => {
    const printed = [
      '',
      'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Extract Desk',
      '    Policy    REG_SZ    {"practice": false}',
      '',
    ]
    expect(registryText(printed.join('\r\n'))).toBe('{"practice": false}')
    expect(registryText('ERROR: nothing')).toBe('')
  })
})

describe('hosts', () => {
  const ask = async (url: string, managed: Partial<ManagedPolicy>): Promise<string> => {
    const http = scriptedHttp(() => ({ status: 200 }))
    const patience = { answerWithin: seconds(1), stallAfter: seconds(1) }
    return allowedHttp(http, policy(managed))
      .send({ method: 'GET', url, headers: {}, ...patience })
      .then(
        () => 'sent',
        error => `${error.code} ${error.facts.host} ${error.facts.sent} ${http.requests.length}`,
      )
  }
  const allowedHosts = ['*.concursolutions.com', 'ic-a.acme.example']

  test.each([
    ['https://us2.api.concursolutions.com/x', 'sent'],
    ['https://concursolutions.com/x', 'sent'],
    ['https://ic-a.acme.example:8019/icws', 'sent'],
    ['https://evilconcursolutions.com/x', 'forbidden evilconcursolutions.com false 0'],
    ['https://ic-a.acme.example.evil.example/', 'forbidden ic-a.acme.example.evil.example false 0'],
    ['http://127.0.0.1:4711/', 'sent'],
  ])('%s: %s', async (url, outcome) => {
    expect(await ask(url, { allowedHosts })).toBe(outcome)
  })

  test('are any where none are named, and not even this computer where practice is off', async () => {
    expect(await ask('https://a.example/', {})).toBe('sent')
    expect(await ask('http://127.0.0.1:1/', { allowedHosts: [], practice: false })).toBe(
      'forbidden 127.0.0.1 false 0',
    )
  })
})

describe('connections', () => {
  const input = { mark: 'practice' } as NewConnection
  const done: string[] = []
  const service = {
    add: async () => void done.push('added'),
    remove: async () => void done.push('removed'),
    signIn: async () => void done.push('signed in'),
  } as unknown as ConnectionsService
  const id = connectionId('c')

  test('that IT fixed are neither added nor removed, but can be signed in to again', async () => {
    const fixed = managedConnections(service, policy({ connections: 'fixed' }))
    await expect(fixed.add(input)).rejects.toMatchObject({ facts: { reason: 'managed-connections' } })
    await expect(fixed.remove(id)).rejects.toMatchObject({ facts: { reason: 'managed-connections' } })
    await fixed.signIn(id, {}, 'keychain')
    expect(done.splice(0)).toEqual(['signed in'])
  })

  test('are not for practice where that is off', async () => {
    const sober = managedConnections(service, policy({ practice: false }))
    await expect(sober.add(input)).rejects.toMatchObject({ facts: { reason: 'managed-practice' } })
    await sober.add({ ...input, mark: 'test' })
    await sober.remove(id)
    expect(done.splice(0)).toEqual(['added', 'removed'])
  })
})

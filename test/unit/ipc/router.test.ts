import { describe, expect, it } from 'vitest'
import { createRouter, routerOf } from '../../../main/ipc/router.ts'
import { services } from './services.ts'

const takesAll = { safeParse: (data: readonly unknown[]) => ({ success: true as const, data }) }
const run = async () => 'done'

describe('the router', () => {
  it('is complete over our own tables', () => {
    expect(createRouter(services())).toBeTypeOf('function')
  })

  it.each([
    [
      'a channel without a handler',
      { a: ['x', 'y'] },
      { a: { x: takesAll, y: takesAll } },
      { a: { x: run } },
      'a.y',
    ],
    [
      'a channel without a schema',
      { a: ['x', 'y'] },
      { a: { x: takesAll } },
      { a: { x: run, y: run } },
      'a.y',
    ],
    [
      'a handler without a channel',
      { a: ['x'] },
      { a: { x: takesAll } },
      { a: { x: run }, b: { z: run } },
      'b.z',
    ],
    [
      'a schema without a channel',
      { a: ['x'] },
      { a: { x: takesAll, z: takesAll } },
      { a: { x: run } },
      'a.z',
    ],
    ['a channel that stands twice', { a: ['x', 'x'] }, { a: { x: takesAll } }, { a: { x: run } }, 'twice'],
  ])('does not start with %s', (_what, names, schemaTable, handlerTable, named) => {
    expect(() => routerOf(services(), names, schemaTable, handlerTable)).toThrow(named)
  })

  it('does not know what is not in the table', async () => {
    const route = createRouter(services())
    for (const channel of ['jobs.erase', 'constructor', '__proto__.toString', '', 'jobs']) {
      await expect(route(channel, [])).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  it('names the field that does not fit, and never its value', async () => {
    const route = createRouter(services())
    const secrets = { refreshToken: 'canary-1', clientSecret: 42 }
    const refused = route('connections.signIn', ['c-1', secrets, 'keychain'])
    await expect(refused).rejects.toMatchObject({ code: 'bad-input', facts: { field: 'clientSecret' } })
    await expect(refused.catch(error => JSON.stringify([error, error.message]))).resolves.not.toContain(
      'canary',
    )
  })
})

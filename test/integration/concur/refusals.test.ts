import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { connectionId } from '../../../main/core/ids.ts'
import type { Http } from '../../../main/core/ports.ts'
import { hours } from '../../../main/core/time.ts'
import { practiceComputer } from './computer.ts'

describe('a password that was refused', () => {
  test('is sent once, however often it is typed', async () => {
    const { connection, practice, start } = await practiceComputer()
    const { service } = start()
    const secrets = { ...practice.concur.signIn.password, password: 'wrong' }
    for (let typed = 0; typed < 5; typed += 1) {
      await expect(service.add(connection({ auth: 'password', secrets }))).rejects.toMatchObject({
        code: 'sign-in-refused',
      })
    }
    expect(practice.requests).toHaveLength(1)
  })

  test('is not sent again where nobody documented the words of its refusal', async () => {
    const { clock, connection, practice, repository, start } = await practiceComputer()
    const typed = connection({ auth: 'password', secrets: practice.concur.signIn.password })
    const added = await start().service.add(typed)
    await clock.advance(hours(2))
    let sent = 0
    const refusing: Http = {
      async send() {
        sent += 1
        const body = Readable.from([Buffer.from('{"code":119,"error":"invalid_request"}')])
        return { status: 400, headers: { 'content-type': 'application/json' }, body }
      },
    }
    const { sessions } = start({ http: refusing })
    for (let poll = 0; poll < 6; poll += 1) {
      const list = sessions.with(connectionId(added.id), (session, system) => system.definitions(session))
      await expect(list).rejects.toMatchObject({ code: poll === 0 ? 'sign-in-refused' : 'sign-in-waiting' })
    }
    expect(sent).toBe(1)
    expect(await repository.find(connectionId(added.id))).toMatchObject({ signIn: { state: 'refused' } })
  })
})

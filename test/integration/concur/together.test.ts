import { expect, test } from 'vitest'
import { systemClock } from '../../../main/adapters/clock.ts'
import { AppError } from '../../../main/core/errors.ts'
import { connectionId } from '../../../main/core/ids.ts'
import { createNodeHttp } from '../../fakes/node-http.ts'
import { computer, practiceComputer } from './computer.ts'

test('several processes with one rotating token: none ends another one’s', async () => {
  const { connection, practice, repository, start } = await computer(systemClock, {
    scenario: 'rotating-refresh-token',
  })
  const id = connectionId((await start().service.add(connection())).id)
  const list = () => start().sessions.with(id, (session, system) => system.definitions(session))
  for (const all of await Promise.all([list(), list(), list()])) expect(all).toHaveLength(6)
  expect(practice.requests.filter(({ status }) => status !== 200)).toEqual([])
  expect((await repository.find(id))?.signIn.state).toBe('ok')
})

test('[concur:1.6.silence] a host that never answers', async () => {
  const { connection, practice, start } = await practiceComputer()
  const id = connectionId((await start().service.add(connection())).id)
  const http = createNodeHttp()
  // A minute is too long for a test, so that the network is less patient here than the client asks for.
  const hasty = {
    send: (request: Parameters<typeof http.send>[0]) => http.send({ ...request, answerWithin: 100 }),
  }
  const { sessions } = start({ http: hasty })
  practice.scenario('no-answer')
  await expect(sessions.with(id, (session, system) => system.definitions(session))).rejects.toMatchObject({
    code: 'timed-out',
    facts: { retryAfterMs: 300_000, sent: true },
  })
})

test('the network is gone: nothing is known of the secret', async () => {
  const { connection, practice, repository, start } = await practiceComputer()
  const id = connectionId((await start().service.add(connection())).id)
  await practice.close()
  const work = start().sessions.with(id, (session, system) => system.definitions(session))
  await expect(work).rejects.toBeInstanceOf(AppError)
  await expect(work).rejects.toMatchObject({ code: 'connection-failed', facts: { sent: false } })
  expect((await repository.find(id))?.signIn.state).toBe('ok')
})

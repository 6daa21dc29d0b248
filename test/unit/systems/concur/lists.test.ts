import { describe, expect, test } from 'vitest'
import { readJobs } from '../../../../main/core/systems/concur/transform.ts'
import { scriptedHttp } from '../../../fakes/scripted-http.ts'
import { listOf, served } from '../../../fakes/targets.ts'
import { concur, definition, job, jobUri, session } from './fixture.ts'

test('what is kept of a job’s own fields is masked, whichever call told of it', async () => {
  const signed = `<file-link>https://files.example/f?sig=hushhush&amp;e=1</file-link><session-token>s3cret</session-token>`
  const told = `<job><id>${jobUri}</id><status>Queued</status>${signed}</job>`
  const answers = () => session(scriptedHttp(() => ({ status: 200, body: told })))
  const listed = session(scriptedHttp(() => ({ status: 200, body: `<jobs>${told}</jobs>` })))
  const all = [
    ...(await concur().jobs(listed, listOf(definition))).jobs,
    await concur().job(answers(), served(definition), job),
    await concur().start(answers(), served(definition)),
  ]
  expect(all).toHaveLength(3)
  for (const { id, hasFiles, raw } of all) {
    expect({ id, hasFiles }).toEqual({ id: job, hasFiles: true })
    expect(raw).toMatchObject({ id: jobUri, status: 'Queued', 'session-token': '[masked]' })
    expect(JSON.stringify(raw)).not.toMatch(/hushhush|s3cret/)
  }
})

describe('an answer in place of a list of jobs', () => {
  test.each([
    '<jobs><error>try again later</error></jobs>',
    '<jobs>try again later</jobs>',
    '<jobs><job><id>a</id></job><more/></jobs>',
  ])('what is no list of jobs is no empty or shorter one: %s', text => {
    expect(() => readJobs(text)).toThrow(
      expect.objectContaining({ code: 'answer-not-understood', facts: { why: 'no-list' } }),
    )
    expect(readJobs('<jobs>\n</jobs>')).toEqual({ jobs: [], nameless: [] })
  })

  test('a list of more entries than any has is refused before it is read', () => {
    const entry = '<job><id>a</id></job>'
    expect(readJobs(`<jobs>${entry.repeat(5000)}</jobs>`).jobs).toHaveLength(5000)
    for (const endless of [
      `<jobs>${entry.repeat(5001)}</jobs>`,
      `<jobs>${entry.repeat(40_000)}`,
      JSON.stringify(Array.from({ length: 5001 }, () => ({ id: 'a' }))),
    ]) {
      expect(() => readJobs(endless)).toThrow(expect.objectContaining({ code: 'answer-too-large' }))
    }
  })
})

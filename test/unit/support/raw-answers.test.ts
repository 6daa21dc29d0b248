import { describe, expect, it } from 'vitest'
import { createRawAnswersRepository } from '../../../main/adapters/database/repositories/raw-answers.ts'
import { createRedactor } from '../../../main/core/policy/redact.ts'
import { keepingAnswers } from '../../../main/core/support/raw-answers.ts'
import type { UnexpectedAnswer } from '../../../main/core/systems/failed-exchange.ts'
import { addMillis } from '../../../main/core/time.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

const failure: UnexpectedAnswer = {
  system: 'concur',
  url: 'https://us2.api.example.com/api/expense/extract/v1.0/gWqq/job',
  status: 500,
  headers: { 'content-type': 'application/json' },
  body: '{"error":"it broke at 18:30:02"}',
}

function keeping() {
  const clock = fakeClock()
  const log = memoryLog()
  const redactor = createRedactor()
  const answers = createRawAnswersRepository(tempDatabase(), log)
  return { clock, log, redactor, answers, keep: keepingAnswers({ answers, redactor, clock, log }) }
}

describe('what a system answered in place of what was asked for', () => {
  it('is kept once, however often it comes, with the newest of it', async () => {
    const { keep, answers, clock } = keeping()
    keep({ ...failure, correlationId: 'a' })
    await clock.advance(5000)
    keep({ ...failure, correlationId: 'b', body: '{"error":"it broke at 18:30:07"}' })
    keep({ ...failure, status: 502 })
    const kept = await answers.all()
    expect(kept).toHaveLength(2)
    expect(kept.find(({ status }) => status === 500)).toMatchObject({
      times: 2,
      firstAt: fakeStart,
      at: addMillis(fakeStart, 5000),
      correlationId: 'b',
      body: expect.stringContaining('18:30:07'),
    })
  })

  it('is masked before it is written: by key, by content, and what is known', async () => {
    const { keep, answers, redactor } = keeping()
    redactor.learn('hunter2-of-anna')
    keep({
      ...failure,
      url: 'https://u:p4ss@h.example/icws/1234567890/jobs?token=abc',
      headers: { 'set-cookie': 'session=abcdef', 'x-note': 'hunter2-of-anna' },
      body: JSON.stringify({
        access_token: 'tok-1',
        iban: 'DE89370400440532013000',
        note: 'hunter2-of-anna',
      }),
    })
    keep({
      ...failure,
      status: 400,
      body: '<Error><Password>secret1</Password> card 4111 1111 1111 1111</Error>',
    })
    const text = JSON.stringify(await answers.all())
    const planted = ['p4ss', '1234567890', 'abc', 'abcdef', 'hunter2', 'tok-1', 'DE8937', 'secret1', '4111']
    for (const secret of planted) expect(text).not.toContain(secret)
    expect(text).toContain('[masked]')
    // The search itself sees what stands there.
    expect(JSON.stringify(failure)).toContain('it broke')
    expect(text).toContain('application')
  })

  it('that was cut off does not end with half a secret', async () => {
    const { keep, answers } = keeping()
    const body = `{"pad":"${'x '.repeat(8192)}","access_token":"half-of-a-tok`
    keep({ ...failure, body: body.slice(-16_384) })
    expect((await answers.all())[0]?.body).not.toContain('half-of-a-tok')
  })

  it('is bounded in number: the oldest go', async () => {
    const { keep, answers, clock } = keeping()
    for (let n = 0; n < 205; n += 1) {
      keep({ ...failure, body: 'x'.repeat(n + 1) })
      await clock.advance(1)
    }
    const kept = await answers.all()
    expect(kept).toHaveLength(200)
    expect(kept.at(-1)?.body).toHaveLength(6)
  })

  it('goes when it is older than it is to be kept', async () => {
    const { keep, answers, clock } = keeping()
    keep(failure)
    await clock.advance(1000)
    keep({ ...failure, status: 502 })
    expect(await answers.removeBefore(addMillis(fakeStart, 1000))).toBe(1)
    expect((await answers.all()).map(({ status }) => status)).toEqual([502])
  })

  it('that cannot be kept stops nothing, and is logged', async () => {
    const { redactor, clock, log } = keeping()
    const keep = keepingAnswers({
      answers: { keep: () => Promise.reject(new Error('disk full')) },
      redactor,
      clock,
      log,
    })
    keep(failure)
    await clock.advance(0)
    expect(log.entries).toMatchObject([{ level: 'warn', event: 'raw-answer.not-kept' }])
  })
})

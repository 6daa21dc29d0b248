import { expect, it } from 'vitest'
import { requestLog } from '../../../main/practice/requests.ts'

it('keeps the last requests up to its limit', () => {
  const log = requestLog(3)
  for (let at = 1; at <= 5; at += 1) {
    log.add({ system: 'concur', method: 'GET', path: '/', headers: {}, body: '', at }).end('answered', 200)
  }
  expect(log.requests.map(request => request.at)).toEqual([3, 4, 5])
})

it('takes the first outcome of a request as its last', () => {
  const log = requestLog()
  const entry = log.add({ system: 'concur', method: 'GET', path: '/', headers: {}, body: '', at: 1 })
  entry.end('dropped', null)
  entry.end('answered', 200)
  expect(log.requests[0]).toMatchObject({ outcome: 'dropped', status: null })
})

import { describe, test } from 'vitest'
import { createNodeHttp } from '../../fakes/node-http.ts'
import { httpCases } from './cases.ts'

describe('the port Http on Node’s stack', () => {
  test.each(httpCases)('$name', ({ run }) => run(createNodeHttp()))
})

import { remoteId } from '../../../../main/core/ids.ts'
import { createRedactor } from '../../../../main/core/policy/redact.ts'
import type { Http } from '../../../../main/core/ports.ts'
import { createConcur } from '../../../../main/core/systems/concur/adapter.ts'
import type { Session } from '../../../../main/core/systems/system.ts'
import { countingIds } from '../../../fakes/counting-ids.ts'
import { fakeClock } from '../../../fakes/fake-clock.ts'

export const origin = 'https://www-us2.api.concursolutions.com'
export const definition = remoteId('gWqq$AbC9')
export const job = remoteId('gJ$12abc')
export const jobUri = `https://www.concursolutions.com/api/expense/extract/v1.0/${definition}/job/${job}`
export const jobXml = `<job xmlns="..."><id>${jobUri}</id><status>Queued</status></job>`

export function concur() {
  const { text, value } = createRedactor()
  return createConcur({
    clock: fakeClock(),
    ids: countingIds(),
    mask: text,
    maskValue: value,
    keepAnswer: () => {},
  })
}

export const session = (http: Http): Session => ({
  http,
  origin,
  trust: { origins: [origin], practice: false },
  headers: { authorization: 'Bearer eyJtoken' },
  own: {},
  outputMaps: [],
  turn: async () => {},
})

import { remoteId } from '../../../../main/core/ids.ts'
import { createRedactor } from '../../../../main/core/policy/redact.ts'
import type { Clock, Http } from '../../../../main/core/ports.ts'
import { createIcws } from '../../../../main/core/systems/icws/adapter.ts'
import type { SourceFolders } from '../../../../main/core/systems/source-folders.ts'
import type { ListQuestion, OutputMap, Session, Target } from '../../../../main/core/systems/system.ts'
import { fakeClock } from '../../../fakes/fake-clock.ts'
import { memoryFolders } from '../../../fakes/memory-folders.ts'
import type { Scripted } from '../../../fakes/scripted-http.ts'

export const origin = 'https://ic-a.example:8019'

export function icws({
  clock = fakeClock(),
  folders = memoryFolders(),
}: {
  readonly clock?: Clock
  readonly folders?: SourceFolders
} = {}) {
  const { text, value } = createRedactor()
  return createIcws({ clock, mask: text, maskValue: value, folders, keepAnswer: () => {} })
}

export const session = (http: Http, outputMaps: readonly OutputMap[] = []): Session => ({
  http,
  origin,
  trust: { origins: [origin], practice: false },
  headers: { 'ININ-ICWS-CSRF-Token': 'WAhZ', cookie: 'icws=1' },
  own: { sessionId: '4000123456', base: '', user: 'fin.batch', clockAhead: '0' },
  outputMaps,
  turn: async () => {},
})

export const columns = (...names: readonly string[]) => names.map(name => ({ name }))
export const table = { name: 'InteractionSummary', column: columns('InteractionIDKey', 'SiteID') }
export const request = { name: 'Monthly calls', tables: { tableList: [table] } }
export const target: Target = { id: remoteId('kept-1'), name: 'Monthly calls', request }

export const status = (more: object = {}) => ({
  name: 'Monthly calls',
  submittedUserId: 'fin.batch',
  id: '77',
  submittedUserSiteId: 1,
  submitTime: '20261101T182900Z',
  state: 2,
  ...more,
})
export const config = (more: object = {}) => ({
  name: 'Monthly calls',
  submittedUserId: 'fin.batch',
  id: '77',
  tables: { tableList: [table] },
  views: { viewList: [] },
  siteIdFilters: [],
  ...more,
})
export const nested = (more: object = {}, configured: object = {}) => ({
  jobStatus: status(more),
  jobConfig: config(configured),
})

export const json = (body: unknown, more: Partial<Scripted> = {}): Scripted => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/vnd.inin.icws+JSON;charset=utf-8' },
  ...more,
})

export const question = (more: Partial<ListQuestion> = {}): ListQuestion => ({
  targets: [target],
  open: [],
  since: null,
  complete: true,
  ...more,
})

import type { KeptRequest } from '../../../preload/contract/types.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import { words } from '../../text.ts'
import { icwsDraftOf, type TypedSource } from './icws-draft.ts'
import { isPeriod, type TypedPeriod } from './period.ts'
import { partsOf } from './reading.ts'
import { type VaultDraft, type VaultKind, vaultDraftOf } from './vault-draft.ts'

/** What a request says, a fact a line; several lines of one name belong together. */
export type RequestFact = { readonly name: string; readonly values: readonly string[] }

const text = words.definitions
/** More ids are counted. */
const idsShown = 20

/** A request in words; null where there are none for it. */
export function requestFacts(system: SystemName, request: KeptRequest): readonly RequestFact[] | null {
  return readers[system](request)
}

const readers: Record<SystemName, (request: KeptRequest) => readonly RequestFact[] | null> = {
  concur: () => null,
  icws: icwsFacts,
  vault: request => {
    const draft = vaultDraftOf(request)
    return (
      draft && [
        { name: text.vault.kind, values: [text.vault.kinds[draft.kind].name] },
        ...vaultFacts[draft.kind](draft),
      ]
    )
  },
}

function icwsFacts(request: KeptRequest): readonly RequestFact[] | null {
  const draft = icwsDraftOf(request, '')
  if (draft === null) return null
  const of = (kind: TypedSource['kind']) =>
    draft.sources.filter(one => one.kind === kind && one.name !== '').map(sourceFact)
  const sites = partsOf(draft.sites)
  return [
    { name: text.icws.facts.tables, values: of('table') },
    { name: text.icws.facts.views, values: of('view') },
    { name: text.period.label, values: [periodFact(draft.period, true)] },
    {
      name: text.icws.facts.sites,
      values: [sites.length === 0 ? text.icws.facts.all : sites.join(', ')],
    },
  ].filter(({ values }) => values.length > 0)
}

function sourceFact({ name, columns, dateColumn, siteColumn }: TypedSource): string {
  const filters = [
    ...(dateColumn === '' ? [] : [text.icws.byDate(dateColumn)]),
    ...(siteColumn === '' ? [] : [text.icws.bySite(siteColumn)]),
  ]
  const said = text.icws.sourceOf(name, partsOf(columns).join(', '))
  return filters.length === 0 ? said : `${said} (${filters.join(', ')})`
}

function periodFact({ range, zone, start, end }: TypedPeriod, zoned: boolean): string {
  if (isPeriod(range)) {
    return zoned ? text.period.inZone(text.ranges[range], zone) : text.period.utc(text.ranges[range])
  }
  if (range === 'all') return text.ranges.all
  const bounds = [
    ...(start === '' ? [] : [text.period.from(start)]),
    ...(end === '' ? [] : [text.period.until(end)]),
  ]
  return `${bounds.join(' ')} (UTC)`
}

const vaultFacts: Record<VaultKind, (draft: VaultDraft) => readonly RequestFact[]> = {
  documents: ({ by, ids, query, content }) => [
    by === 'query'
      ? { name: text.vault.query, values: [query] }
      : { name: text.vault.ids, values: [listed(partsOf(ids))] },
    {
      name: text.vault.content,
      values: (['source', 'renditions', 'allversions', 'text'] as const)
        .filter(one => content[one])
        .map(one => text.vault.contents[one]),
    },
  ],
  versions: ({ versions }) => [
    { name: text.vault.versions, values: [listed(versions.split('\n').filter(line => line !== ''))] },
  ],
  binder: ({ binder }) => [{ name: text.vault.binder, values: [binder] }],
  'direct-data': ({ extractType, period }) => [
    { name: text.vault.extractType, values: [text.vault.extractTypes[extractType]] },
    { name: text.period.label, values: [periodFact(period, false)] },
  ],
  loader: ({ objects }) =>
    objects.map(({ object, fields, where }) => ({
      name: object,
      values: [partsOf(fields).join(', '), ...(where === '' ? [] : [`${text.vault.where} ${where}`])],
    })),
  job: ({ jobId }) => [{ name: text.vault.jobId, values: [jobId] }],
}

const listed = (all: readonly string[]): string =>
  text.vault.idList(all.slice(0, idsShown).join(', '), Math.max(0, all.length - idsShown))

import type { KeptRequest } from '../../../preload/contract/types.ts'
import type { words } from '../../text.ts'
import { boundsOf, isPeriod, rangeOf, type TypedPeriod, typedOf } from './period.ts'
import { fieldsOf, hasOnly, listOf, partsOf, textOf } from './reading.ts'

export type VaultKind = keyof typeof words.definitions.vault.kinds
export type ExtractType = keyof typeof words.definitions.vault.extractTypes
export type Content = keyof typeof words.definitions.vault.contents

export type TypedObject = { readonly object: string; readonly fields: string; readonly where: string }

/** All kinds at once, so that changing one's mind about the kind loses nothing. */
export type VaultDraft = {
  readonly kind: VaultKind
  readonly by: 'ids' | 'query'
  readonly ids: string
  readonly query: string
  readonly content: Readonly<Record<Content, boolean>>
  readonly versions: string
  readonly binder: string
  readonly extractType: ExtractType
  readonly period: TypedPeriod
  readonly objects: readonly TypedObject[]
  readonly jobId: string
}

export const emptyObject: TypedObject = { object: '', fields: '', where: '' }

export const emptyVault: VaultDraft = {
  kind: 'documents',
  by: 'ids',
  ids: '',
  query: '',
  content: { source: true, renditions: false, allversions: false, text: false },
  versions: '',
  binder: '',
  extractType: 'incremental_directdata',
  period: { range: 'yesterday', zone: 'UTC', start: '', end: '' },
  objects: [emptyObject],
  jobId: '',
}

const keysOf: Record<VaultKind, readonly string[]> = {
  documents: ['kind', 'documents', 'query', 'source', 'renditions', 'allversions', 'text'],
  versions: ['kind', 'versions'],
  binder: ['kind', 'binder'],
  'direct-data': ['kind', 'extractType', 'startTime', 'stopTime', 'period'],
  loader: ['kind', 'objects'],
  job: ['kind', 'jobId'],
}
const extractTypes: readonly ExtractType[] = ['incremental_directdata', 'full_directdata', 'log_directdata']

const isKind = (kind: string): kind is VaultKind => Object.hasOwn(keysOf, kind)

/** The draft of a request; null where the form would drop something of it. */
export function vaultDraftOf(request: KeptRequest): VaultDraft | null {
  const kind = textOf(request.kind)
  if (!isKind(kind) || !hasOnly(request, keysOf[kind])) return null
  const start = typedOf(textOf(request.startTime))
  const end = typedOf(textOf(request.stopTime))
  const objects = listOf(request.objects).map(fieldsOf)
  return {
    kind,
    by: request.query === undefined ? 'ids' : 'query',
    ids: listOf(request.documents)
      .map(one => textOf(fieldsOf(one).id))
      .join('\n'),
    query: textOf(request.query),
    content: {
      source: request.source !== false,
      renditions: request.renditions === true,
      allversions: request.allversions === true,
      text: request.text === true,
    },
    versions: listOf(request.versions).map(fieldsOf).map(versionLine).join('\n'),
    binder: textOf(request.binder),
    extractType: extractTypes.find(type => type === request.extractType) ?? emptyVault.extractType,
    period: { range: rangeOf(textOf(request.period), start, end), zone: 'UTC', start, end },
    objects: objects.length === 0 ? [emptyObject] : objects.map(typedObject),
    jobId: textOf(request.jobId),
  }
}

const versionLine = ({ id, major, minor }: Readonly<Record<string, unknown>>): string =>
  `${textOf(id)} ${textOf(major)}.${textOf(minor)}`

const typedObject = ({ object, fields, where }: Readonly<Record<string, unknown>>): TypedObject => ({
  object: textOf(object),
  fields: listOf(fields).map(textOf).join('\n'),
  where: textOf(where),
})

/** A line that cannot be read goes on as it is, and is refused by its number. */
function versionOf(line: string) {
  const match = /^(\S+?)[\s,;]+v?(\d+)[\s.,_]+(\d+)$/i.exec(line)
  return match
    ? { id: match[1] ?? '', major: match[2] ?? '', minor: match[3] ?? '' }
    : { id: line, major: '', minor: '' }
}

const linesOf = (typed: string): readonly string[] =>
  typed
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

const requests: Record<VaultKind, (draft: VaultDraft) => KeptRequest> = {
  documents: ({ by, ids, query, content }) => ({
    kind: 'documents',
    ...(by === 'query' ? { query: query.trim() } : { documents: partsOf(ids).map(id => ({ id })) }),
    ...content,
  }),
  versions: ({ versions }) => ({ kind: 'versions', versions: linesOf(versions).map(versionOf) }),
  binder: ({ binder }) => ({ kind: 'binder', binder: binder.trim() }),
  'direct-data': ({ extractType, period }) => ({
    kind: 'direct-data',
    extractType,
    ...(isPeriod(period.range) ? { period: period.range } : {}),
    ...(period.range === 'fixed' ? boundsOf(period, 'startTime', 'stopTime') : {}),
  }),
  loader: ({ objects }) => ({
    kind: 'loader',
    objects: objects.map(({ object, fields, where }) => ({
      object: object.trim(),
      fields: partsOf(fields),
      ...(where.trim() === '' ? {} : { where: where.trim() }),
    })),
  }),
  job: ({ jobId }) => ({ kind: 'job', jobId: jobId.trim() }),
}

export const vaultRequestOf = (draft: VaultDraft): KeptRequest => requests[draft.kind](draft)

import { createHash } from 'node:crypto'
import type { Finding } from '../../../preload/contract/checks.ts'
import type { TableFacts } from './types.ts'

/** So many names are told; the receipt says how many there are. */
const mostNamed = 5

/**
 * A file's name without what differs from run to run: its folders and every number in it. What a server names by the
 * job alone has no such name; where there is one table on both sides, those two are compared all the same.
 */
export const keyOf = (name: string): string => name.replaceAll(/\d+/g, '#').toLowerCase()

/** Files whose columns are not those of the last delivery. Files that were not there then are none of it. */
export function changedColumns(
  before: readonly TableFacts[],
  now: readonly TableFacts[],
): readonly Finding[] {
  return now.flatMap((table): readonly Finding[] => {
    const former =
      before.find(one => one.key === table.key) ??
      (before.length === 1 && now.length === 1 ? before[0] : undefined)
    const facts = former && difference(former, table)
    return facts ? [{ code: 'columns-changed', facts: { file: table.file, ...facts } }] : []
  })
}

function difference(before: TableFacts, now: TableFacts): Finding['facts'] | null {
  const [old, young] = [before.columns, now.columns]
  const counts = { before: old.count, now: young.count }
  if (old.names === null || young.names === null) return old.count === young.count ? null : counts
  const gone = missing(old.names, young.names)
  const added = missing(young.names, old.names)
  if (gone.length + added.length > 0) {
    return {
      ...counts,
      ...(gone.length > 0 ? { gone: named(gone) } : {}),
      ...(added.length > 0 ? { added: named(added) } : {}),
    }
  }
  return old.names.every((name, index) => name === young.names?.[index]) ? null : { ...counts, moved: 1 }
}

function missing(names: readonly string[], from: readonly string[]): readonly string[] {
  const there = new Set(from)
  return names.filter(name => !there.has(name))
}

const named = (names: readonly string[]): string =>
  names.length > mostNamed ? `${names.slice(0, mostNamed).join(', ')}, …` : names.join(', ')

/** Equal where two deliveries have the same set of files, whatever their names. */
export function fingerprintOf(sha256s: readonly string[]): string {
  return createHash('sha256')
    .update([...sha256s].sort().join('\n'))
    .digest('hex')
}

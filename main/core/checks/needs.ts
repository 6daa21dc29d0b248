import type { NeedView } from '../../../preload/contract/types.ts'
import type { DefinitionsRepository } from '../definitions/types.ts'
import type { Clock } from '../ports.ts'
import { addMillis, hours, type Millis } from '../time.ts'
import type { ChecksRepository } from './types.ts'

/** What nobody looked at for a month is for the definition's own page, and no longer for Today. */
const shownFor: Millis = 31 * hours(24)

/** The deliveries with findings that nobody has marked: one need each, told by its first and worst finding. */
export async function findingNeeds(world: {
  readonly checks: Pick<ChecksRepository, 'unmarked'>
  readonly definitions: Pick<DefinitionsRepository, 'find'>
  readonly clock: Pick<Clock, 'now'>
}): Promise<readonly NeedView[]> {
  const unmarked = await world.checks.unmarked(addMillis(world.clock.now(), -shownFor))
  const needs: NeedView[] = []
  for (const { receiptId, receiptNumber, definitionId, deliveredAt, findings } of unmarked) {
    const definition = await world.definitions.find(definitionId)
    const [first, ...more] = findings
    if (!first || !definition) continue
    needs.push({
      id: `finding:${receiptId}`,
      kind: 'finding',
      connectionId: definition.connectionId,
      definitionId,
      jobId: null,
      deliveryId: null,
      title: definition.name,
      error: null,
      facts: {
        ...prefixed(first.facts),
        code: first.code,
        codes: findings.map(({ code }) => code).join(' '),
        more: more.length,
        receiptId,
        receiptNumber,
      },
      since: deliveredAt,
    })
  }
  return needs
}

/** A finding's own facts, apart from those that every such need has. */
const prefixed = (facts: NeedView['facts']): NeedView['facts'] =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [`finding.${name}`, value]))

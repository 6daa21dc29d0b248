import type { SystemName } from '../../../preload/contract/words.ts'
import type { ConnectionsRepository } from '../connections/types.ts'
import { AppError } from '../errors.ts'
import type { Events } from '../events.ts'
import type { Log } from '../ports.ts'
import type { KnownSystem } from '../systems/system.ts'
import { factsOf } from './facts.ts'
import { findingsOf } from './findings.ts'
import { trendOf } from './trend.ts'
import type { ChecksRepository, ChecksService, DeliveryChecks, NewFacts, Published } from './types.ts'
import { most } from './usual.ts'

export type ChecksWorld = {
  readonly checks: ChecksRepository
  readonly connections: Pick<ConnectionsRepository, 'find'>
  readonly system: (name: SystemName) => KnownSystem
  readonly events: Pick<Events, 'publish'>
  readonly log: Log
}

/** So many earlier runs are looked at: of a daily extract, enough ends of months to compare one with. */
const looked = most * 10
/** What a chart shows and a screen reader can be read. */
const shown = 200

export function createChecks(world: ChecksWorld): DeliveryChecks & ChecksService {
  const { checks } = world

  async function besideOf(
    facts: NewFacts,
    { delivery: { definitionId, jobId } }: Published,
    takesOnlyNew: boolean,
  ) {
    const past = (await checks.past(definitionId, looked)).filter(one => one.jobId !== jobId)
    const before = past.find(one => one.at < facts.at)
    return {
      past,
      same: facts.files === 0 ? null : await checks.sameFiles(definitionId, facts.fingerprint, jobId),
      unsaved: before && takesOnlyNew ? await checks.unsavedBetween(definitionId, before.at, facts.at) : null,
    }
  }

  async function looking(published: Published) {
    const connection = await world.connections.find(published.delivery.connectionId)
    if (connection === null) return null
    const system = world.system(connection.system)
    const facts = factsOf(published, system.periodOf(published.job))
    const beside = await besideOf(facts, published, system.capabilities.takesOnlyNew)
    const found = { compared: Math.min(beside.past.length, most), findings: findingsOf(facts, beside) }
    const { fingerprint, totals, tables, period } = facts
    await checks.save(published.delivery, { fingerprint, totals, tables, period }, found)
    return found
  }

  return {
    async check(published) {
      try {
        return await looking(published)
      } catch (error) {
        world.log.write('error', 'checks.not-checked', {
          delivery: published.delivery.id,
          error: String(error),
        })
        return null
      }
    },
    trend: async id => trendOf(await checks.past(id, shown)),
    ofReceipt: id => checks.ofReceipt(id),
    async mark(id, code, as, by) {
      if (!(await checks.mark(id, code, as, by))) throw new AppError('not-found', { facts: { receipt: id } })
      world.events.publish({ kind: 'findings-changed' })
      return checks.ofReceipt(id)
    },
  }
}

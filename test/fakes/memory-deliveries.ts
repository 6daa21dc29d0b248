import { isDelivered, isEnded } from '../../main/core/deliveries/delivery.ts'
import {
  type DeliveriesRepository,
  type Delivery,
  DeliveryChangedMeanwhile,
} from '../../main/core/deliveries/types.ts'
import { summaryOf } from '../../main/core/deliveries/views.ts'
import type { Receipt, ReceiptsRepository } from '../../main/core/receipts/types.ts'

export type MemoryDeliveries = DeliveriesRepository & {
  rows(): readonly Delivery[]
  /** `from → to: why` of every save. */
  readonly journal: readonly string[]
}

/** Deliveries in memory, with the database's promises. What is stored is what JSON keeps of it. */
export function memoryDeliveries(): MemoryDeliveries {
  const rows = new Map<string, Delivery>()
  const journal: string[] = []
  const all = () => [...rows.values()]
  return {
    rows: all,
    journal,
    find: async id => rows.get(id) ?? null,
    ofJob: async job =>
      all()
        .filter(row => row.jobId === job)
        .map(summaryOf)
        .reverse(),
    latest: async jobs =>
      jobs.flatMap(job => {
        const newest = all().findLast(row => row.jobId === job)
        return newest ? [summaryOf(newest)] : []
      }),
    lastDelivered: async id =>
      all().findLast(row => row.definitionId === id && isDelivered(row.state)) ?? null,
    unfinished: async () => all().filter(row => !isEnded(row.state) || row.staging !== null),
    open: async () =>
      all()
        .filter(row => !isEnded(row.state))
        .map(row => ({ ...summaryOf(row), attempts: row.attempts })),
    async save(delivery, from, why) {
      const stored = rows.get(delivery.id)
      const fits = from === null ? !stored : stored?.rev === delivery.rev && stored.state === from
      if (!fits) throw new DeliveryChangedMeanwhile(delivery.id)
      rows.set(delivery.id, JSON.parse(JSON.stringify({ ...delivery, rev: delivery.rev + 1 })))
      journal.push(`${from ?? 'new'} → ${delivery.state}: ${why}`)
    },
  }
}

export type MemoryReceipts = ReceiptsRepository & {
  rows(): readonly Receipt[]
  /** What somebody with a database tool may do. */
  tamper(change: (rows: Receipt[]) => void): void
}

export function memoryReceipts(): MemoryReceipts {
  const rows: Receipt[] = []
  return {
    rows: () => rows,
    tamper: change => change(rows),
    find: async id => rows.find(row => row.id === id) ?? null,
    ofDelivery: async id => rows.find(row => row.content.deliveryId === id) ?? null,
    byNumber: async number => rows.find(row => row.number === number) ?? null,
    head: async () => ({ count: rows.at(-1)?.number ?? 0, hash: rows.at(-1)?.hash ?? null }),
    async *chain() {
      yield* rows
    },
    async append(delivery, build) {
      const there = rows.find(row => row.content.deliveryId === delivery)
      if (there) return there
      const receipt: Receipt = JSON.parse(JSON.stringify(build(rows.at(-1) ?? null)))
      rows.push(receipt)
      return receipt
    },
  }
}

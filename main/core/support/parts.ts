import type { BundlePartKind } from '../../../preload/contract/support.ts'
import type { ConnectionsRepository } from '../connections/types.ts'
import type { SettingsService } from '../desk.ts'
import type { DiagnosesRepository } from '../doctor/types.ts'
import type { Policy } from '../ports.ts'
import { isoOf } from '../time.ts'
import type { JournalExtract, LogFiles, RawAnswersRepository } from './types.ts'

export type BundleSources = {
  readonly connections: Pick<ConnectionsRepository, 'all'>
  readonly settings: Pick<SettingsService, 'get'>
  readonly policy: Policy
  readonly diagnoses: Pick<DiagnosesRepository, 'all'>
  readonly answers: Pick<RawAnswersRepository, 'all'>
  readonly journal: JournalExtract
  readonly logs: Pick<LogFiles, 'read'>
  /** Of the app, its runtime and the computer. */
  readonly versions: () => Readonly<Record<string, string>>
}

/** The newest lines of each table. */
const mostRows = 5000
/** What a day of trouble writes; more is no easier to read. */
const mostLog = 5 * 1024 * 1024

export type PartSource = {
  readonly name: string
  /** Lines of text, or plain data that becomes one line each. */
  readonly lines: (sources: BundleSources) => Promise<readonly unknown[]>
}

const textLines = (text: string): readonly string[] =>
  text.split('\n').filter((line, n, all) => line !== '' || n < all.length - 1)

/** What each part is made of. No definition, no delivered file and no secret is among them. */
export const partSources: Record<BundlePartKind, PartSource> = {
  about: { name: 'about.json', lines: async ({ versions }) => [versions()] },
  settings: { name: 'settings.json', lines: async ({ settings }) => [await settings.get()] },
  connections: {
    name: 'connections.jsonl',
    lines: async ({ connections }) =>
      (await connections.all()).map(({ createdAt, removedAt, ...connection }) => ({
        ...connection,
        createdAt: isoOf(createdAt),
        removedAt: removedAt === null ? null : isoOf(removedAt),
      })),
  },
  policy: { name: 'policy.json', lines: async ({ policy }) => [await policy.get()] },
  doctor: {
    name: 'network-doctor.txt',
    lines: async ({ diagnoses }) => (await diagnoses.all()).flatMap(({ report }) => textLines(report ?? '')),
  },
  answers: {
    name: 'raw-answers.jsonl',
    lines: async ({ answers }) =>
      (await answers.all()).map(({ fingerprint: _, at, firstAt, ...answer }) => ({
        at: isoOf(at),
        firstAt: isoOf(firstAt),
        ...answer,
      })),
  },
  jobs: { name: 'journal/jobs.jsonl', lines: ({ journal }) => journal.read('jobs', mostRows) },
  deliveries: {
    name: 'journal/deliveries.jsonl',
    lines: ({ journal }) => journal.read('deliveries', mostRows),
  },
  'due-times': {
    name: 'journal/due-times.jsonl',
    lines: ({ journal }) => journal.read('due-times', mostRows),
  },
  journal: { name: 'journal/journal.jsonl', lines: ({ journal }) => journal.read('journal', mostRows) },
  logs: {
    name: 'logs.jsonl',
    lines: async ({ logs }) => (await logs.read(mostLog)).flatMap(({ text }) => textLines(text)),
  },
}

/**
 * What notifications say. Apart from the tray and the menus, which main has before the window opens: these need the
 * words for all that can go wrong.
 */
import type { Finding } from '../../checks.ts'
import type { ErrorView } from '../../errors.ts'
import type { NeedKind } from '../../types.ts'
import { errorText } from './errors.ts'
import { counted, files, number, rows } from './figures.ts'
import { findingText } from './findings.ts'
import { needText } from './needs.ts'

export type NotificationText = { readonly title: string; readonly body: string }

export type DeliveredFacts = {
  readonly definition: string
  readonly files: number
  /** Null where rows were not counted. */
  readonly rows: number | null
  /** Null where the file states no totals. */
  readonly totalsMatch: boolean | null
  /** What is unusual about it beside the earlier ones. */
  readonly finding: Finding | null
}

const totals = (match: boolean | null): readonly string[] =>
  match === null ? [] : [match ? 'totals match' : 'totals differ']

/** “SAE US delivered” · “3 files, 48,211 rows, totals match” */
export const delivered = (facts: DeliveredFacts): NotificationText => ({
  title: `${facts.definition} delivered`,
  body: withFinding(
    [
      files(facts.files),
      ...(facts.rows === null ? [] : [rows(facts.rows)]),
      ...totals(facts.totalsMatch),
    ].join(', '),
    facts.finding,
  ),
})

const withFinding = (body: string, finding: Finding | null): string =>
  finding === null ? body : `${body}. ${findingText(finding)}`

/** One notification for what came together, so that a month-end does not ring thirty times. */
export const deliveredTogether = (batch: readonly DeliveredFacts[]): NotificationText => ({
  title: counted(batch.length, { one: 'extract delivered', other: 'extracts delivered' }),
  body: batch.map(one => one.definition).join(', '),
})

/** One notification for a run set: “Month end: 3 of 4 delivered”; or for all that was caught up after a sleep. */
export const ranTogether = (set: {
  readonly name: string | null
  readonly delivered: number
  readonly definitions: readonly string[]
}): NotificationText => ({
  title: `${set.name ?? 'Caught up'}: ${number(set.delivered)} of ${number(set.definitions.length)} delivered`,
  body: set.definitions.join(', '),
})

/** “SAE Europe needs you” · “The folder \\erp\in cannot be reached. The file is safe …” */
export const needsYou = (need: {
  /** Name of the definition or connection it is about. */
  readonly title: string
  readonly kind: NeedKind
  readonly facts: Readonly<Record<string, string | number>>
  readonly error: ErrorView | null
}): NotificationText => {
  const title = `${need.title} needs you`
  if (need.error === null) return { title, body: needText(need).what }
  const { what, safe } = errorText(need.error)
  return { title, body: `${what} ${safe}` }
}

/** One notification for several things that need the user. */
export const needYouTogether = (titles: readonly string[]): NotificationText => ({
  title: counted(titles.length, { one: 'thing needs you', other: 'things need you' }),
  body: titles.join(', '),
})

/** Told once, when a newer version waits for the next quit. */
export const updateReady = (version: string): NotificationText => ({
  title: `Version ${version} is ready`,
  body: 'It is installed when you quit Extract Desk, once nothing runs.',
})

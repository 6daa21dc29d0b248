/** The things only the user can settle, in a sentence each; said on Today and in notifications. */
import { findingCodes } from '../../checks.ts'
import type { ErrorView } from '../../errors.ts'
import type { NeedKind } from '../../types.ts'
import { type ErrorText, errorText } from './errors.ts'
import { counted, days } from './figures.ts'
import { findingText } from './findings.ts'
import { moment } from './moment.ts'

type Need = {
  readonly kind: NeedKind
  readonly facts: Readonly<Record<string, string | number>>
  readonly error: ErrorView | null
}

const figure = (need: Need, name: string): number | null => {
  const value = need.facts[name]
  return typeof value === 'number' ? value : null
}

/** What makes it last, by the kind of sign-in. */
const renewals: Readonly<Record<string, string>> = {
  password: 'Change the password at the system, and sign in with the new one.',
  'access-token': 'Sign in with a new token.',
}

function expiry(need: Need): string {
  const left = figure(need, 'days')
  if (left === null) return 'The sign-in expires soon.'
  return left < 1 ? 'The sign-in expires today.' : `The sign-in expires in ${days(left)}.`
}

function nearEnd(need: Need): string {
  const left = figure(need, 'left')
  if (left === null) return 'A job that was not saved is about to fall off the system’s list.'
  return `A job that was not saved falls off the system’s list after ${counted(left, { one: 'more run', other: 'more runs' })}.`
}

function filesEnd(need: Need): string {
  const until = figure(need, 'until')
  if (until === null) return 'The system removes the files of a job that was not saved soon.'
  return `The system removes these files on ${moment(until)}.`
}

/** The first of a delivery's findings, with its own facts; how many there are besides. */
function found(need: Need): ErrorText {
  const { code, more } = need.facts
  const known = findingCodes.find(one => one === code)
  const own = Object.entries(need.facts).flatMap(([name, value]) =>
    name.startsWith('finding.') ? [[name.slice('finding.'.length), value] as const] : [],
  )
  const others = Number(more ?? 0)
  const what = known ? findingText({ code: known, facts: Object.fromEntries(own) }) : 'Something is unusual.'
  return {
    what:
      others === 0 ? what : `${what} ${counted(others, { one: 'more finding', other: 'more findings' })}.`,
    safe: 'It was delivered as it came.',
    next: 'Look at it, and say whether it is as expected.',
  }
}

const plain: Record<NeedKind, (need: Need) => ErrorText> = {
  'sign-in': () => errorText({ code: 'sign-in-waiting', facts: {} }),
  'sign-in-expires': need => ({
    what: expiry(need),
    safe: 'Everything works until then.',
    next: renewals[String(need.facts.auth)] ?? 'Get a new token from your administrator and sign in with it.',
  }),
  'session-only': () => ({
    what: 'The secrets were kept until the last quit, and are gone now.',
    safe: 'The connection, its destinations and its history are kept.',
    next: 'Sign in once more.',
  }),
  'start-unknown': () => errorText({ code: 'start-unknown', facts: {} }),
  delivery: () => ({
    what: 'A delivery waits for you.',
    safe: 'The file is kept; nothing has to be run again.',
    next: 'Open it to see why.',
  }),
  'job-failed': () => errorText({ code: 'job-failed', facts: {} }),
  'no-destination': () => errorText({ code: 'no-destination', facts: {} }),
  'near-end-of-list': need => ({
    what: nearEnd(need),
    safe: 'Its files are still at the system.',
    next: 'Deliver it now.',
  }),
  'files-end': need => ({
    what: filesEnd(need),
    safe: 'They are still there, and were not saved yet.',
    next: 'Deliver them now.',
  }),
  'schedule-asks': () => ({
    what: 'A due time passed while the app could not run.',
    safe: 'Nothing was started.',
    next: 'Run it now, or leave it until the next due time.',
  }),
  'schedule-waits': () => ({
    what: 'A due time waits.',
    safe: 'Nothing was started.',
    next: 'Open the schedule to see why.',
  }),
  'schedule-missed': () => ({
    what: 'A due time came to nothing.',
    safe: 'Nothing was started twice.',
    next: 'Open the schedule to see why.',
  }),
  finding: found,
}

/** What happened, what is safe, what to do: the error's own words where the need has one that says more. */
export const needText = (need: Need): ErrorText =>
  need.error === null ? plain[need.kind](need) : errorText(need.error)

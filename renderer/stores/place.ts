import { create } from 'zustand'
import type { HistoryRow, JobView, Place } from '../../preload/contract/types.ts'

export type DefinitionTab = 'jobs' | 'trend' | 'destination' | 'schedule' | 'checks' | 'request'
export type ConnectionTab = 'about' | 'jobs'
export type ScheduleTab = 'timetable' | 'ledger'

/** What fills the content. */
export type Page =
  | { readonly screen: 'today' }
  | { readonly screen: 'extracts' }
  | { readonly screen: 'definition'; readonly definitionId: string; readonly tab: DefinitionTab }
  /** A new one that we keep, as an earlier job asked where one is named. */
  | { readonly screen: 'new-definition'; readonly connectionId: string; readonly jobId: string | null }
  | { readonly screen: 'edit-definition'; readonly definitionId: string }
  | { readonly screen: 'history' }
  | { readonly screen: 'schedules' }
  | { readonly screen: 'schedule'; readonly scheduleId: string; readonly tab: ScheduleTab }
  /** A new one, of this definition where one is named. */
  | { readonly screen: 'new-schedule'; readonly definitionId: string | null }
  | { readonly screen: 'connections' }
  | { readonly screen: 'connection'; readonly connectionId: string; readonly tab: ConnectionTab }
  | { readonly screen: 'add-connection' }
  | { readonly screen: 'settings' }

/** What is open at the right. A row without a receipt is shown as a job. */
export type Panel =
  | { readonly kind: 'receipt'; readonly receiptId: string }
  | { readonly kind: 'job'; readonly row: HistoryRow }
  | { readonly kind: 'doctor'; readonly connectionId: string }

/** A delivered file that is looked into, by its place in the receipt; null: the one that the receipt is about. */
export type Inside = { readonly receiptId: string; readonly fileIndex: number | null }

/** What must be decided now. */
export type Question =
  | { readonly kind: 'run'; readonly definitionId: string }
  | { readonly kind: 'sign-in'; readonly connectionId: string }
  | { readonly kind: 'remove-connection'; readonly connectionId: string }
  | { readonly kind: 'map-folders'; readonly connectionId: string }
  | { readonly kind: 'remove-definition'; readonly definitionId: string }
  | { readonly kind: 'cancel-job'; readonly job: JobView }
  | { readonly kind: 'remove-schedule'; readonly scheduleId: string }
  | { readonly kind: 'settle'; readonly jobId: string; readonly definitionName: string }
  | { readonly kind: 'palette' }
  | { readonly kind: 'shortcuts' }
  /** Something was typed and is not saved: stay, or go there all the same. */
  | { readonly kind: 'leave'; readonly page: Page }

/** Where the user is. Local to the window; main never needs to know. */
export const usePlace = create<{
  readonly page: Page
  readonly panel: Panel | null
  /** Lies over page and panel, which stay as they are until it is closed. */
  readonly inside: Inside | null
  readonly question: Question | null
  /** The forms on this page in which something was typed and not saved. */
  readonly unsaved: ReadonlySet<symbol>
  /** Where the user came from, the last place at the end. */
  readonly trail: readonly Page[]
}>(() => ({
  page: { screen: 'today' },
  panel: null,
  inside: null,
  question: null,
  unsaved: new Set(),
  trail: [],
}))

/** As many as somebody goes back. */
const remembered = 50

/** Goes to a page; where something typed would be lost, the user is asked first. */
export const goTo = (page: Page): void =>
  usePlace.getState().unsaved.size > 0 ? ask({ kind: 'leave', page }) : leaveTo(page)
/** Goes to a page, whatever was typed on this one. */
export const leaveTo = (page: Page): void =>
  usePlace.setState(before => ({
    page,
    panel: null,
    inside: null,
    question: null,
    unsaved: new Set(),
    trail: isSame(page, before.page) ? before.trail : [...before.trail.slice(-remembered), before.page],
  }))

/** Another tab of a page is the same place: going back leaves it. */
const isSame = (a: Page, b: Page): boolean => keyOf(a) === keyOf(b)
const keyOf = (page: Page): string => JSON.stringify({ ...page, tab: null })

/** Goes back to where the user was before; where something typed would be lost, the user is asked first. */
export function goBack(): void {
  const { inside, trail, unsaved } = usePlace.getState()
  const page = trail.at(-1)
  if (inside !== null) closeInside()
  else if (page === undefined) return
  else if (unsaved.size > 0) ask({ kind: 'leave', page })
  else usePlace.setState({ page, panel: null, question: null, trail: trail.slice(0, -1) })
}
export const openDefinition = (definitionId: string, tab: DefinitionTab = 'jobs'): void =>
  goTo({ screen: 'definition', definitionId, tab })
export const openSchedule = (scheduleId: string, tab: ScheduleTab = 'timetable'): void =>
  goTo({ screen: 'schedule', scheduleId, tab })
export const openConnection = (connectionId: string, tab: ConnectionTab = 'about'): void =>
  goTo({ screen: 'connection', connectionId, tab })
export const openReceipt = (receiptId: string): void =>
  usePlace.setState({ panel: { kind: 'receipt', receiptId } })
export const openRow = (row: HistoryRow): void =>
  usePlace.setState({
    panel: row.receiptId === null ? { kind: 'job', row } : { kind: 'receipt', receiptId: row.receiptId },
  })
export const lookInside = (receiptId: string, fileIndex: number | null = null): void =>
  usePlace.setState({ inside: { receiptId, fileIndex }, question: null })
export const closeInside = (): void => usePlace.setState({ inside: null })
export const openDoctor = (connectionId: string): void =>
  usePlace.setState({ panel: { kind: 'doctor', connectionId } })
export const closePanel = (): void => usePlace.setState({ panel: null })
export const ask = (question: Question): void => usePlace.setState({ question })
export const closeQuestion = (): void => usePlace.setState({ question: null })

/** Follows a place that a notification, the tray or a second start of the app asked for. */
export function follow(place: Place): void {
  switch (place.screen) {
    case 'receipt':
      goTo({ screen: 'history' })
      openReceipt(place.receiptId)
      return
    case 'definition':
      openDefinition(place.definitionId)
      return
    case 'run':
      openDefinition(place.definitionId)
      // Where something typed would be lost, that is asked first, and running is asked for again.
      if (usePlace.getState().question === null) ask({ kind: 'run', definitionId: place.definitionId })
      return
    case 'schedule':
      openSchedule(place.scheduleId)
      return
    case 'connection':
      openConnection(place.connectionId)
      return
    default:
      goTo({ screen: place.screen })
  }
}

import { create } from 'zustand'
import type { HistoryRow, Place } from '../../preload/contract/types.ts'

export type DefinitionTab = 'jobs' | 'destination'

/** What fills the content. */
export type Page =
  | { readonly screen: 'today' }
  | { readonly screen: 'extracts' }
  | { readonly screen: 'definition'; readonly definitionId: string; readonly tab: DefinitionTab }
  | { readonly screen: 'history' }
  | { readonly screen: 'connections' }
  | { readonly screen: 'connection'; readonly connectionId: string }
  | { readonly screen: 'add-connection' }
  | { readonly screen: 'settings' }

/** What is open at the right. A row without a receipt is shown as a job. */
export type Panel =
  | { readonly kind: 'receipt'; readonly receiptId: string }
  | { readonly kind: 'job'; readonly row: HistoryRow }

/** What must be decided now. */
export type Question =
  | { readonly kind: 'run'; readonly definitionId: string }
  | { readonly kind: 'sign-in'; readonly connectionId: string }
  | { readonly kind: 'remove-connection'; readonly connectionId: string }
  | { readonly kind: 'settle'; readonly jobId: string; readonly definitionName: string }
  | { readonly kind: 'palette' }

/** Where the user is. Local to the window; main never needs to know. */
export const usePlace = create<{
  readonly page: Page
  readonly panel: Panel | null
  readonly question: Question | null
}>(() => ({ page: { screen: 'today' }, panel: null, question: null }))

export const goTo = (page: Page): void => usePlace.setState({ page, panel: null, question: null })
export const openDefinition = (definitionId: string, tab: DefinitionTab = 'jobs'): void =>
  goTo({ screen: 'definition', definitionId, tab })
export const openConnection = (connectionId: string): void => goTo({ screen: 'connection', connectionId })
export const openReceipt = (receiptId: string): void =>
  usePlace.setState({ panel: { kind: 'receipt', receiptId } })
export const openRow = (row: HistoryRow): void =>
  usePlace.setState({
    panel: row.receiptId === null ? { kind: 'job', row } : { kind: 'receipt', receiptId: row.receiptId },
  })
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
    case 'connection':
      openConnection(place.connectionId)
      return
    default:
      goTo({ screen: place.screen })
  }
}

import type { DueState, DueView } from '../../preload/contract/schedules.ts'
import { schedule as text } from '../text.ts'
import { lookOf, type StateLook } from './state.ts'

const drawn: Record<DueState, Omit<StateLook, 'word'>> = {
  starting: { shape: 'running', tone: 'info' },
  waiting: { shape: 'waiting', tone: 'attention' },
  asking: { shape: 'needs-you', tone: 'attention' },
  run: { shape: 'delivered', tone: 'quiet' },
  joined: { shape: 'delivered', tone: 'quiet' },
  skipped: { shape: 'cancelled', tone: 'quiet' },
  missed: { shape: 'failed', tone: 'danger' },
}

/** How a due time ended, or where it stands. */
export const dueLook = (due: DueView): StateLook => ({ ...drawn[due.state], word: text.states[due.state] })

/** The same in a list: of a due time that ran one job, what has become of that job says more. */
export function lastLook(due: DueView): StateLook {
  const [first, ...others] = due.items
  return first?.job && others.length === 0 ? lookOf(first.job) : dueLook(due)
}

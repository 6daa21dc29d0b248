import type { ReactElement } from 'react'
import type { SystemTimeView } from '../../preload/contract/types.ts'
import { fullTime, localZone, shortTime } from '../format/time.ts'
import { words } from '../text.ts'
import { useNow } from './now.ts'

type TimeProps = {
  readonly at: number
  /** Said after the full stamp, for example that the zone was assumed. */
  readonly note?: (stamp: string) => string
  /** Within a table row the time is no stop of the Tab key; the row's own element says the full stamp. */
  readonly inRow?: boolean
}

/** `Today 18:31`; the full stamp with its zone on hover and focus, and always for screen readers. */
export function Time({ at, note, inRow = false }: TimeProps): ReactElement {
  const now = useNow()
  const zone = localZone()
  const stamp = fullTime(at, zone)
  const full = note ? note(stamp) : stamp
  return (
    <time
      className="time"
      dateTime={new Date(at).toISOString()}
      data-hint={full}
      {...(inRow ? {} : { tabIndex: 0 })}
    >
      <span aria-hidden="true">{shortTime(at, now, zone)}</span>
      <span className="unseen">{full}</span>
    </time>
  )
}

/** A system's time: as we read it, with its own words where the zone had to be assumed or nothing could be read. */
export function SystemTime({
  time,
  inRow = false,
}: {
  readonly time: SystemTimeView
  readonly inRow?: boolean
}): ReactElement {
  if (time.at === null) {
    return (
      <span className="time" data-hint={words.time.unreadable(time.raw)}>
        {time.raw}
      </span>
    )
  }
  const note = (stamp: string) => words.time.assumedUtc(stamp, time.raw)
  return <Time at={time.at} inRow={inRow} {...(time.zoneAssumed ? { note } : {})} />
}

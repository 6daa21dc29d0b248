import type { ReactElement } from 'react'
import { fullTime, localZone, shortTime } from '../../format/time.ts'
import { useNow } from '../../ui/now.ts'

type ZoneTimeProps = {
  readonly at: number
  readonly zone: string
  readonly inRow?: boolean
}

/** A due time as the clocks of its schedule show it; on hover and focus the full stamp, and that of this computer. */
export function ZoneTime({ at, zone, inRow = false }: ZoneTimeProps): ReactElement {
  const now = useNow()
  const here = localZone()
  const full = zone === here ? fullTime(at, zone) : `${fullTime(at, zone)}\n${fullTime(at, here)}`
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

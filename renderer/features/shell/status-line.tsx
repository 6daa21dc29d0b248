import type { ReactElement } from 'react'
import { localZone, timeWithin } from '../../format/time.ts'
import { useActivity } from '../../stores/activity.ts'
import { useConnections } from '../../stores/connections.ts'
import { useSchedules } from '../../stores/schedules.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { ShapeIcon } from '../../ui/icons.tsx'
import { useNow } from '../../ui/now.ts'
import { soonest } from '../schedules/next-run.tsx'

/** Online, who is signed in, what runs: one line at the window's foot. */
export function StatusLine(): ReactElement {
  const { status, settings } = useSettings()
  const connections = useConnections(state => state.all)
  const running = useActivity(state => state.running.length)
  const signedIn = connections.filter(one => one.signIn.state === 'ok').length
  const [next] = soonest(useSchedules(state => state.all))
  const now = useNow()
  const shell = words.shell
  return (
    <footer className="status-line">
      <span className={status.online ? 'status-part' : 'status-part tone-attention'}>
        <ShapeIcon shape={status.online ? 'delivered' : 'needs-you'} />
        {status.online ? shell.online : shell.offline}
      </span>
      {connections.length > 0 ? (
        <span className="status-part">{shell.signedIn(signedIn, connections.length)}</span>
      ) : null}
      <span className="status-part">{running > 0 ? shell.running(running) : shell.nothingRuns}</span>
      {next && !settings.paused ? (
        <span className="status-part">
          {words.schedules.nextInLine(timeWithin(next.at, now, localZone()))}
        </span>
      ) : null}
      {settings.paused ? <span className="status-part tone-attention">{shell.paused}</span> : null}
      {status.metered === true && settings.pauseOnMetered ? (
        <span className="status-part tone-attention">{shell.meteredPause}</span>
      ) : null}
      {status.keychain === 'unavailable' ? (
        <span className="status-part tone-attention">{shell.keychainAway}</span>
      ) : null}
      {status.update.state === 'ready' || status.update.state === 'deferred' ? (
        <span className="status-part">{words.updates.readyInLine(status.update.version ?? '')}</span>
      ) : null}
      <span className="status-version">{shell.version(status.version)}</span>
    </footer>
  )
}

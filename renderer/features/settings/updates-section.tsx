import type { ReactElement } from 'react'
import type { UpdateView } from '../../../preload/contract/updates.ts'
import { desk } from '../../bridge.ts'
import { transferPercent, transferText } from '../../format/transfer.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Time } from '../../ui/time.tsx'
import { useAction } from '../../ui/use-action.ts'

const text = words.updates

/** Which version this is, whether a newer one is there, and what becomes of it. */
export function UpdatesSection(): ReactElement {
  const { status } = useSettings()
  const { update } = status
  return (
    <section className="settings-group" aria-label={text.title}>
      <h2 id="settings-updates" tabIndex={-1}>
        {text.title}
      </h2>
      <div className="settings-fields">
        <dl className="facts">
          <dt>{text.thisVersion}</dt>
          <dd>{status.version}</dd>
          {update.channel === null ? null : (
            <>
              <dt>{text.channel}</dt>
              <dd>
                {text.channelName(update.channel)} {update.managed ? text.byCompany : null}
              </dd>
              <dt>{text.lastCheck}</dt>
              <dd>{update.checkedAt === null ? text.never : <Time at={update.checkedAt} />}</dd>
            </>
          )}
          <dt>{text.state}</dt>
          <dd>
            <span role="status">{stateText(update)}</span>
          </dd>
        </dl>
        <Details update={update} />
        {update.state === 'off' ? null : <Actions update={update} />}
      </div>
    </section>
  )
}

function Details({ update }: { readonly update: UpdateView }): ReactElement {
  const progress = {
    step: 'downloading',
    bytes: update.received,
    totalBytes: update.size,
    bytesPerSecond: null,
  } as const
  return (
    <>
      {update.state === 'downloading' ? (
        <Progress
          label={text.downloading}
          percent={transferPercent(progress)}
          text={transferText(progress)}
        />
      ) : null}
      {update.error === null ? null : <ErrorNote error={update.error} />}
      {update.version === null || update.notes === null ? null : (
        <details className="details">
          <summary>
            <Icon name="crumb" />
            {text.notes(update.version)}
          </summary>
          <p className="release-notes">{update.notes}</p>
        </details>
      )}
    </>
  )
}

function Actions({ update }: { readonly update: UpdateView }): ReactElement {
  const check = useAction(() => desk.updates.check())
  const restart = useAction(() => desk.updates.restart())
  const later = useAction(() => desk.updates.later())
  const error = check.error ?? restart.error ?? later.error
  const looks = ['idle', 'checking', 'none', 'available', 'failed'].includes(update.state)
  return (
    <>
      {error === null ? null : <ErrorNote error={error} live />}
      <div className="form-actions">
        {looks ? (
          <Button isPending={check.busy || update.state === 'checking'} onPress={() => check.run()}>
            {text.check}
          </Button>
        ) : null}
        {update.state === 'ready' ? (
          <Button look="primary" isPending={restart.busy} onPress={() => restart.run()}>
            {text.restart}
          </Button>
        ) : null}
        {update.state === 'deferred' ? (
          <Button isPending={later.busy} onPress={() => later.run()}>
            {text.later}
          </Button>
        ) : null}
      </div>
    </>
  )
}

function stateText({ state, why, version, installable, tried, size }: UpdateView): string {
  const named = version ?? ''
  switch (state) {
    case 'off':
      return text.offWhy[why ?? 'not-set-up']
    case 'available':
      return installable ? text.available(named) : text.cannotInstall(named)
    case 'downloading':
      return text.downloadingState(named, size)
    case 'ready':
      return tried ? text.readyAgain(named) : text.ready(named)
    case 'deferred':
      return text.deferred(named)
    default:
      return text.states[state]
  }
}

import { type ReactElement, useEffect, useState } from 'react'
import { type Diagnosis, doctorSteps } from '../../../preload/contract/doctor.ts'
import { doctor as text } from '../../../preload/contract/text/doctor.ts'
import { desk } from '../../bridge.ts'
import { useConnection } from '../../stores/connections.ts'
import { Button } from '../../ui/button.tsx'
import { copyToClipboard } from '../../ui/copy.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useAction } from '../../ui/use-action.ts'
import { DoctorStepLine } from './doctor-step.tsx'

type DoctorPanelProps = { readonly connectionId: string; readonly onClose: () => void }

/** Looks at the way to a connection's system as soon as it opens, and shows each step as it is looked at. */
export function DoctorPanel({ connectionId, onClose }: DoctorPanelProps): ReactElement {
  const connection = useConnection(connectionId)
  const [seen, setSeen] = useState<Diagnosis | null>(null)
  const examine = useAction(() => {
    setSeen(null)
    return desk.doctor.examine(connectionId)
  })
  const { run } = examine
  useEffect(
    () =>
      desk.on.onDiagnosis(diagnosis => {
        if (diagnosis.connectionId === connectionId) setSeen(diagnosis)
      }),
    [connectionId],
  )
  useEffect(() => {
    void run()
  }, [run])
  const save = useAction(() => desk.doctor.save(connectionId))
  const [copied, setCopied] = useState(false)
  const shown = examine.result ?? seen
  const { busy } = examine
  const report = busy ? null : (shown?.report ?? null)
  const copy = async () => {
    await copyToClipboard(report ?? '')
    setCopied(true)
  }
  return (
    <Panel
      label={text.panel(connection?.name ?? '')}
      title={text.title}
      onClose={onClose}
      actions={
        busy ? (
          <Button onPress={() => desk.doctor.stop(connectionId)}>{text.stop}</Button>
        ) : (
          <>
            <Button look="primary" isDisabled={report === null} onPress={copy}>
              {copied ? text.copied : text.copy}
            </Button>
            <Button isDisabled={report === null} isPending={save.busy} onPress={() => save.run()}>
              {text.save}
            </Button>
            <Button
              onPress={() => {
                setCopied(false)
                void run()
              }}
            >
              {text.again}
            </Button>
          </>
        )
      }
    >
      <p className="field-what">{text.what}</p>
      {examine.error ? <ErrorNote error={examine.error} live /> : null}
      <ol className="doctor-steps" aria-label={text.title}>
        {doctorSteps.map(step => (
          <DoctorStepLine
            key={step}
            step={step}
            found={shown?.findings.find(one => one.step === step) ?? null}
            looking={busy && shown?.now === step}
          />
        ))}
      </ol>
      <p role="status" className={report === null ? 'unseen' : 'doctor-summary'}>
        {report === null || !shown ? '' : text.summary(shown.findings, shown.cancelled)}
      </p>
      {save.result ? <p className="field-what breakable">{text.saved(save.result)}</p> : null}
      {save.error ? <ErrorNote error={save.error} live /> : null}
      {report === null ? null : (
        <details className="details">
          <summary>
            <Icon name="crumb" />
            {text.shown}
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it */}
          <pre className="doctor-report" tabIndex={0}>
            {report}
          </pre>
        </details>
      )}
    </Panel>
  )
}

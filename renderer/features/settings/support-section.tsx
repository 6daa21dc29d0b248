import { type ReactElement, useState } from 'react'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'
import { desk } from '../../bridge.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useAction } from '../../ui/use-action.ts'
import { BundleDialog } from './bundle-dialog.tsx'
import { Section } from './section.tsx'

const text = words.settings

export function SupportSection(): ReactElement {
  const { status } = useSettings()
  const [open, setOpen] = useState(false)
  const logs = useAction(() => desk.settings.showLogs())
  return (
    <Section id="support" title={text.groups.support}>
      <div className="folder-line">
        <Button onPress={() => setOpen(true)}>{upkeep.bundle.open}</Button>
        <span className="field-what">{upkeep.bundle.openWhat}</span>
      </div>
      <div className="folder-line">
        <Button isPending={logs.busy} onPress={() => logs.run()}>
          {text.showLogs}
        </Button>
        <span className="field-what">{text.logsWhat}</span>
      </div>
      {logs.error ? <ErrorNote error={logs.error} live /> : null}
      <dl className="facts">
        <dt>{text.version}</dt>
        <dd>{status.version}</dd>
        <dt>{text.profile}</dt>
        <dd className="breakable">{status.profile}</dd>
      </dl>
      {open ? <BundleDialog onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}

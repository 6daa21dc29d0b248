import type { ReactElement, ReactNode } from 'react'
import type { Settings } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Checkbox, Choice, Select } from '../../ui/fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Page } from '../shell/page.tsx'
import { isManaged, ManagedFacts } from './managed-facts.tsx'
import { ProxyForm, ProxySignInForm } from './proxy-form.tsx'
import { UpdatesSection } from './updates-section.tsx'

const text = words.settings
/** What is offered for the second step, in hours: half a shift to a month-end's week. */
const againHours = [4, 12, 24, 72, 168]

const archiveFactors = [1, 10, 100]

/** Every change takes effect at once; what could not be saved says so and jumps back. */
export function SettingsPage(): ReactElement {
  const { settings, status } = useSettings()
  const change = useAction((patch: Partial<Settings>) => desk.settings.change(patch))
  const choose = useAction(async () => {
    const defaultFolder = await desk.settings.chooseFolder()
    if (defaultFolder !== null) await desk.settings.change({ defaultFolder })
  })
  const logs = useAction(() => desk.settings.showLogs())
  const proxySignIn = useAction((username: string, password: string) =>
    desk.settings.proxySignIn(username, password),
  )
  const error = change.error ?? choose.error ?? logs.error
  const factors = archiveFactors.includes(settings.archiveFactor)
    ? archiveFactors
    : [settings.archiveFactor, ...archiveFactors]
  const hours = againHours.includes(settings.againHours) ? againHours : [settings.againHours, ...againHours]
  return (
    <Page title={words.shell.settings}>
      <div className="page-body settings">
        {error ? <ErrorNote error={error} live /> : null}
        {isManaged(status.managed) ? (
          <Group title={text.groups.managed}>
            <ManagedFacts managed={status.managed} />
          </Group>
        ) : null}
        <Group title={text.groups.look}>
          <Choice
            label={text.theme}
            options={(['system', 'light', 'dark'] as const).map(id => ({ id, name: text.themes[id] }))}
            value={settings.theme}
            onChange={theme => change.run({ theme })}
            inline
          />
          <Choice
            label={text.density}
            options={(['normal', 'compact'] as const).map(id => ({ id, name: text.densities[id] }))}
            value={settings.density}
            onChange={density => change.run({ density })}
            inline
          />
        </Group>
        <Group title={text.groups.files}>
          <div className="field">
            <span className="field-label">{text.defaultFolder}</span>
            <div className="folder-line">
              <span className={settings.defaultFolder === null ? 'secondary' : 'breakable'}>
                {settings.defaultFolder ?? text.noDefaultFolder}
              </span>
              <Button isPending={choose.busy} onPress={() => choose.run()}>
                {text.choose}
              </Button>
              {settings.defaultFolder === null ? null : (
                <Button look="quiet" onPress={() => change.run({ defaultFolder: null })}>
                  {text.forget}
                </Button>
              )}
            </div>
          </div>
        </Group>
        <Group title={text.groups.archives}>
          <Select
            label={text.archiveLimit}
            what={text.archiveLimitWhat}
            options={factors.map(n => ({ id: String(n), name: text.archiveLimitUnit(n) }))}
            value={String(settings.archiveFactor)}
            onChange={n => change.run({ archiveFactor: Number(n) })}
          />
        </Group>
        <Group title={text.groups.runs}>
          <Select
            label={text.againHours}
            what={text.againHoursWhat}
            options={hours.map(n => ({ id: String(n), name: text.againHoursUnit(n) }))}
            value={String(settings.againHours)}
            onChange={n => change.run({ againHours: Number(n) })}
          />
          <Checkbox
            checked={settings.paused}
            onChange={paused => change.run({ paused })}
            what={text.pausedWhat}
          >
            {text.paused}
          </Checkbox>
        </Group>
        <Group title={text.groups.notifications}>
          <Choice
            label={text.notifications}
            options={(['all', 'problems', 'off'] as const).map(id => ({
              id,
              name: text.notificationChoices[id],
            }))}
            value={settings.notifications}
            onChange={notifications => change.run({ notifications })}
          />
        </Group>
        <Group title={text.groups.desktop}>
          <Checkbox
            checked={settings.startAtLogin}
            onChange={startAtLogin => change.run({ startAtLogin })}
            what={text.startAtLoginWhat}
          >
            {text.startAtLogin}
          </Checkbox>
          <Checkbox
            checked={settings.closeToTray}
            onChange={closeToTray => change.run({ closeToTray })}
            what={text.closeToTrayWhat}
          >
            {text.closeToTray}
          </Checkbox>
        </Group>
        <Group title={text.groups.network}>
          <ProxyForm
            key={JSON.stringify(settings.proxy)}
            proxy={settings.proxy}
            busy={change.busy}
            onUse={proxy => change.run({ proxy })}
          />
          {settings.proxy.mode === 'direct' ? null : <ProxySignInForm signIn={proxySignIn} />}
          {status.metered === null ? null : (
            <Checkbox
              checked={settings.pauseOnMetered}
              onChange={pauseOnMetered => change.run({ pauseOnMetered })}
              what={text.pauseOnMeteredWhat}
            >
              {text.pauseOnMetered}
            </Checkbox>
          )}
        </Group>
        <UpdatesSection />
        <Group title={text.groups.support}>
          <div className="folder-line">
            <Button isPending={logs.busy} onPress={() => logs.run()}>
              {text.showLogs}
            </Button>
            <span className="field-what">{text.logsWhat}</span>
          </div>
          <dl className="facts">
            <dt>{text.version}</dt>
            <dd>{status.version}</dd>
            <dt>{text.profile}</dt>
            <dd className="breakable">{status.profile}</dd>
          </dl>
        </Group>
      </div>
    </Page>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className="settings-group" aria-label={title}>
      <h2>{title}</h2>
      <div className="settings-fields">{children}</div>
    </section>
  )
}

import type { ReactElement } from 'react'
import type { ErrorView } from '../../../preload/contract/errors.ts'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'
import { desk } from '../../bridge.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Page } from '../shell/page.tsx'
import { CarrySection } from './carry-section.tsx'
import { FilesSection } from './files-section.tsx'
import { DesktopSection, LookSection, NotificationsSection, RunsSection } from './general-sections.tsx'
import { KeepSection } from './keep-section.tsx'
import { isManaged, ManagedFacts } from './managed-facts.tsx'
import { PracticeSection } from './practice-section.tsx'
import { ProxyForm, ProxySignInForm } from './proxy-form.tsx'
import { FixedNote, Section, type SectionId } from './section.tsx'
import { SupportSection } from './support-section.tsx'
import { UpdatesSection } from './updates-section.tsx'
import { type Change, useChange } from './use-change.ts'

const text = words.settings

const sections: readonly { readonly id: SectionId; readonly name: string }[] = [
  { id: 'managed', name: text.groups.managed },
  { id: 'look', name: text.groups.look },
  { id: 'files', name: text.groups.files },
  { id: 'runs', name: text.groups.runs },
  { id: 'notifications', name: text.groups.notifications },
  { id: 'desktop', name: text.groups.desktop },
  { id: 'network', name: text.groups.network },
  { id: 'keep', name: upkeep.keep.title },
  { id: 'practice', name: upkeep.practice.title },
  { id: 'carry', name: upkeep.carry.title },
  { id: 'updates', name: words.updates.title },
  { id: 'support', name: text.groups.support },
]

/** Every change takes effect at once and is said; what could not be saved says so and jumps back. */
export function SettingsPage(): ReactElement {
  const managed = useSettings(state => state.status.managed)
  const change = useChange()
  const fixed = isManaged(managed)
  return (
    <Page title={words.shell.settings} fixed>
      <div className="settings-page">
        <nav className="settings-nav" aria-label={upkeep.sections}>
          {sections
            .filter(({ id }) => fixed || id !== 'managed')
            .map(({ id, name }) => (
              <a
                key={id}
                href={`#settings-${id}`}
                onClick={event => {
                  // The page is no document with an address of its own.
                  event.preventDefault()
                  const heading = document.getElementById(`settings-${id}`)
                  heading?.scrollIntoView({ block: 'start' })
                  heading?.focus({ preventScroll: true })
                }}
              >
                {name}
              </a>
            ))}
        </nav>
        <div className="page-scroll">
          <div className="page-body settings">
            {change.error && !saidAtField(change.error) ? <ErrorNote error={change.error} live /> : null}
            <p className="unseen" role="status">
              {change.said}
            </p>
            {fixed ? (
              <Section id="managed" title={text.groups.managed}>
                <ManagedFacts managed={managed} />
              </Section>
            ) : null}
            <LookSection change={change} />
            <FilesSection change={change} />
            <RunsSection change={change} />
            <NotificationsSection change={change} />
            <DesktopSection change={change} />
            <NetworkSection change={change} />
            <KeepSection change={change} />
            <PracticeSection />
            <CarrySection />
            <UpdatesSection />
            <SupportSection />
          </div>
        </div>
      </div>
    </Page>
  )
}

/** A name that is no template is said where it was typed. */
const saidAtField = ({ code, facts }: ErrorView): boolean =>
  code === 'bad-input' && facts.field === 'defaultName'

function NetworkSection({ change }: { readonly change: Change }): ReactElement {
  const { settings, set, isFixed, busy } = change
  // Null where the system does not tell: then there is nothing to set.
  const metered = useSettings(state => state.status.metered)
  const proxySignIn = useAction((username: string, password: string) =>
    desk.settings.proxySignIn(username, password),
  )
  return (
    <Section id="network" title={text.groups.network}>
      <div>
        <ProxyForm
          key={JSON.stringify(settings.proxy)}
          proxy={settings.proxy}
          busy={busy}
          disabled={isFixed('proxy')}
          onUse={proxy => set({ proxy }, text.proxy)}
        />
        <FixedNote fixed={isFixed('proxy')} />
      </div>
      {settings.proxy.mode === 'direct' ? null : <ProxySignInForm signIn={proxySignIn} />}
      {metered === null ? null : (
        <div>
          <Checkbox
            checked={settings.pauseOnMetered}
            onChange={pauseOnMetered => set({ pauseOnMetered }, text.pauseOnMetered)}
            disabled={isFixed('pauseOnMetered')}
            what={text.pauseOnMeteredWhat}
          >
            {text.pauseOnMetered}
          </Checkbox>
          <FixedNote fixed={isFixed('pauseOnMetered')} />
        </div>
      )}
    </Section>
  )
}

import type { ReactElement } from 'react'
import { words } from '../../text.ts'
import { Checkbox, Choice, Select } from '../../ui/fields.tsx'
import { FixedNote, Section } from './section.tsx'
import type { Change } from './use-change.ts'

const text = words.settings
/** What is offered for the second step, in hours: half a shift to a month-end's week. */
const againHours = [4, 12, 24, 72, 168]

type Props = { readonly change: Change }

export function LookSection({ change }: Props): ReactElement {
  const { settings, set, isFixed } = change
  return (
    <Section id="look" title={text.groups.look}>
      <div>
        <Choice
          label={text.theme}
          options={(['system', 'light', 'dark'] as const).map(id => ({ id, name: text.themes[id] }))}
          value={settings.theme}
          onChange={theme => set({ theme }, text.theme)}
          disabled={isFixed('theme')}
          inline
        />
        <FixedNote fixed={isFixed('theme')} />
      </div>
      <div>
        <Choice
          label={text.density}
          options={(['normal', 'compact'] as const).map(id => ({ id, name: text.densities[id] }))}
          value={settings.density}
          onChange={density => set({ density }, text.density)}
          disabled={isFixed('density')}
          inline
        />
        <FixedNote fixed={isFixed('density')} />
      </div>
    </Section>
  )
}

export function RunsSection({ change }: Props): ReactElement {
  const { settings, set, isFixed } = change
  const hours = againHours.includes(settings.againHours) ? againHours : [settings.againHours, ...againHours]
  return (
    <Section id="runs" title={text.groups.runs}>
      <div>
        <Select
          label={text.againHours}
          what={text.againHoursWhat}
          options={hours.map(n => ({ id: String(n), name: text.againHoursUnit(n) }))}
          value={String(settings.againHours)}
          onChange={n => set({ againHours: Number(n) }, text.againHours)}
          disabled={isFixed('againHours')}
        />
        <FixedNote fixed={isFixed('againHours')} />
      </div>
      <div>
        <Checkbox
          checked={settings.paused}
          onChange={paused => set({ paused }, text.paused)}
          what={text.pausedWhat}
          disabled={isFixed('paused')}
        >
          {text.paused}
        </Checkbox>
        <FixedNote fixed={isFixed('paused')} />
      </div>
    </Section>
  )
}

export function NotificationsSection({ change }: Props): ReactElement {
  const { settings, set, isFixed } = change
  return (
    <Section id="notifications" title={text.groups.notifications}>
      <div>
        <Choice
          label={text.notifications}
          options={(['all', 'problems', 'off'] as const).map(id => ({
            id,
            name: text.notificationChoices[id],
          }))}
          value={settings.notifications}
          onChange={notifications => set({ notifications }, text.notifications)}
          disabled={isFixed('notifications')}
        />
        <FixedNote fixed={isFixed('notifications')} />
      </div>
    </Section>
  )
}

export function DesktopSection({ change }: Props): ReactElement {
  const { settings, set, isFixed } = change
  return (
    <Section id="desktop" title={text.groups.desktop}>
      <div>
        <Checkbox
          checked={settings.startAtLogin}
          onChange={startAtLogin => set({ startAtLogin }, text.startAtLogin)}
          what={text.startAtLoginWhat}
          disabled={isFixed('startAtLogin')}
        >
          {text.startAtLogin}
        </Checkbox>
        <FixedNote fixed={isFixed('startAtLogin')} />
      </div>
      <div>
        <Checkbox
          checked={settings.closeToTray}
          onChange={closeToTray => set({ closeToTray }, text.closeToTray)}
          what={text.closeToTrayWhat}
          disabled={isFixed('closeToTray')}
        >
          {text.closeToTray}
        </Checkbox>
        <FixedNote fixed={isFixed('closeToTray')} />
      </div>
    </Section>
  )
}

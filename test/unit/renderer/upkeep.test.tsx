import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Finding } from '../../../preload/contract/doctor.ts'
import { doctor } from '../../../preload/contract/text/doctor.ts'
import { words } from '../../../preload/contract/text/index.ts'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'
import { DoctorStepLine } from '../../../renderer/features/doctor/doctor-step.tsx'
import {
  DesktopSection,
  LookSection,
  NotificationsSection,
  RunsSection,
} from '../../../renderer/features/settings/general-sections.tsx'
import { KeepSection } from '../../../renderer/features/settings/keep-section.tsx'
import { useSettings } from '../../../renderer/stores/settings.ts'

type Change = Parameters<typeof LookSection>[0]['change']

const change = (...fixed: readonly string[]): Change => ({
  settings: useSettings.getState().settings,
  set: () => {},
  isFixed: name => fixed.includes(name),
  busy: false,
  error: null,
  said: '',
})
const count = (html: string, text: string) => html.split(text).length - 1

test('a setting that IT has decided is shown greyed, with who decided it; the others can be changed', () => {
  const open = renderToStaticMarkup(<DesktopSection change={change()} />)
  expect(open).not.toContain(upkeep.setByCompany)
  expect(open).not.toContain('disabled')
  const html = renderToStaticMarkup(<DesktopSection change={change('startAtLogin')} />)
  expect(count(html, upkeep.setByCompany)).toBe(1)
  expect(count(html, 'data-disabled')).toBe(1)
})

test('every setting of these sections can be fixed', () => {
  const all = ['theme', 'density', 'againHours', 'paused', 'notifications', 'startAtLogin', 'closeToTray']
  const keep = ['keepAnswersDays', 'keepLogsDays', 'keepRefusedDays', 'keepReplacedDays']
  const html = [LookSection, RunsSection, NotificationsSection, DesktopSection, KeepSection]
    .map(Section => renderToStaticMarkup(<Section change={change(...all, ...keep)} />))
    .join('')
  expect(count(html, upkeep.setByCompany)).toBe(all.length + keep.length)
  expect(html).toContain(words.settings.theme)
  expect(html).toContain(upkeep.keep.replaced)
})

test('a step of the network doctor waits, is looked at, and says what was found and what to do', () => {
  const waiting = renderToStaticMarkup(<DoctorStepLine step="name" found={null} looking={false} />)
  expect(waiting).toContain(doctor.waiting)
  const looking = renderToStaticMarkup(<DoctorStepLine step="name" found={null} looking />)
  expect(looking).toContain(doctor.looking)
  const found: Finding = {
    step: 'proxy-sign-in',
    result: 'failed',
    outcome: 'proxy-asks',
    facts: { proxy: 'proxy.acme.example:8080', realm: 'ACME' },
  }
  const html = renderToStaticMarkup(<DoctorStepLine step="proxy-sign-in" found={found} looking={false} />)
  expect(html).toContain(doctor.results.failed)
  expect(html).toContain('proxy.acme.example:8080 asks for a sign-in (407, “ACME”).')
  expect(html).toContain('Ask IT for the user name')
})

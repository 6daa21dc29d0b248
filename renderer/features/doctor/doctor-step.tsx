import { Fragment, type ReactElement } from 'react'
import type { DoctorResult, DoctorStep, Finding } from '../../../preload/contract/doctor.ts'
import { doctor as text } from '../../../preload/contract/text/doctor.ts'
import type { StateLook } from '../../format/state.ts'
import { Icon } from '../../ui/icons.tsx'
import { StateMark } from '../../ui/state-mark.tsx'

const looks: Record<DoctorResult, Omit<StateLook, 'word'>> = {
  ok: { shape: 'delivered', tone: 'ok' },
  attention: { shape: 'needs-you', tone: 'attention' },
  failed: { shape: 'failed', tone: 'danger' },
  'not-reached': { shape: 'cancelled', tone: 'quiet' },
}

type DoctorStepLineProps = {
  readonly step: DoctorStep
  readonly found: Finding | null
  readonly looking: boolean
}

/** One step: what it is, how it ended, what that means and what to do; the facts behind it folded. */
export function DoctorStepLine({ step, found, looking }: DoctorStepLineProps): ReactElement {
  return (
    <li className="doctor-step">
      <div className="doctor-step-head">
        <span className="doctor-step-name">{text.steps[step]}</span>
        <StateMark look={lookOf(found, looking)} />
      </div>
      {found && found.result !== 'not-reached' ? <Said found={found} /> : null}
    </li>
  )
}

function lookOf(found: Finding | null, looking: boolean): StateLook {
  if (found) return { ...looks[found.result], word: text.results[found.result] }
  return looking
    ? { shape: 'running', tone: 'info', word: text.looking }
    : { shape: 'waiting', tone: 'quiet', word: text.waiting }
}

function Said({ found }: { readonly found: Finding }): ReactElement {
  const { what, next } = text.findingText(found)
  const facts = Object.entries(found.facts).flatMap(([name, value]) => {
    const known = text.factNames[name]
    return known === undefined ? [] : [{ name: known, value: String(value) }]
  })
  return (
    <>
      <p className="breakable">{what}</p>
      {next === null ? null : <p className="doctor-next">{next}</p>}
      {facts.length === 0 ? null : (
        <details className="details">
          <summary>
            <Icon name="crumb" />
            {text.facts}
          </summary>
          <dl className="facts">
            {facts.map(({ name, value }) => (
              <Fragment key={name}>
                <dt>{name}</dt>
                <dd className="breakable">{value}</dd>
              </Fragment>
            ))}
            {found.error?.said === undefined ? null : (
              <>
                <dt>{found.error.code}</dt>
                <dd className="said">{found.error.said}</dd>
              </>
            )}
          </dl>
        </details>
      )}
    </>
  )
}

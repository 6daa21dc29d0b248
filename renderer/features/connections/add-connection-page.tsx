import { type ReactElement, useState } from 'react'
import type { ConnectionView } from '../../../preload/contract/types.ts'
import { goTo } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Page } from '../shell/page.tsx'
import { ExtractsStep } from './extracts-step.tsx'
import { SignInStep } from './sign-in-step.tsx'
import { SystemStep } from './system-step.tsx'

const steps = ['system', 'signIn', 'extracts'] as const
type Step = (typeof steps)[number]

/** Adding a connection: the steps at the left, one form at a time at the right. */
export function AddConnectionPage(): ReactElement {
  const [step, setStep] = useState<Step>('system')
  const [added, setAdded] = useState<ConnectionView | null>(null)
  const text = words.connections
  const current = steps.indexOf(step)
  return (
    <Page
      title={text.form.title}
      crumb={{ name: words.shell.connections, onOpen: () => goTo({ screen: 'connections' }) }}
      fixed
    >
      <div className="wizard">
        <ol className="steps" aria-label={text.steps.label}>
          {steps.map((one, index) => (
            <li
              key={one}
              className="step"
              aria-current={one === step ? 'step' : undefined}
              data-done={index < current}
            >
              <span className="step-number" aria-hidden="true">
                {index + 1}
              </span>
              {text.steps[one]}
            </li>
          ))}
        </ol>
        <div className="page-scroll">
          {step === 'system' ? <SystemStep onNext={() => setStep('signIn')} /> : null}
          {step === 'signIn' ? (
            <SignInStep
              onBack={() => setStep('system')}
              onAdded={connection => {
                setAdded(connection)
                setStep('extracts')
              }}
            />
          ) : null}
          {step === 'extracts' && added ? <ExtractsStep connection={added} /> : null}
        </div>
      </div>
    </Page>
  )
}

import { type ReactElement, useState } from 'react'
import type { SystemName } from '../../../preload/contract/words.ts'
import { desk } from '../../bridge.ts'
import { goTo } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { useAction } from '../../ui/use-action.ts'
import { useUnsaved } from '../../ui/use-unsaved.ts'
import { Page } from '../shell/page.tsx'
import { type Draft, emptyDraft, isTyped, newConnectionOf } from './draft.ts'
import { ExtractsStep } from './extracts-step.tsx'
import { SignInStep } from './sign-in-step.tsx'
import { SystemStep } from './system-step.tsx'

const steps = ['system', 'signIn', 'check', 'extracts'] as const
type Step = (typeof steps)[number]

/**
 * Adding a connection: the steps at the left, one form at a time at the right. The check has no form of its own: its
 * results stand below the one that is to be mended, or above what comes next.
 */
export function AddConnectionPage(): ReactElement {
  const text = words.connections
  const keychain = useSettings(state => state.status.keychain)
  const empty = (system: SystemName) => emptyDraft(system, text.dataCentres[0].url, keychain)
  const [step, setStep] = useState<Exclude<Step, 'check'>>('system')
  const [draft, setDraft] = useState<Draft>(() => empty('concur'))
  const add = useAction(async (wanted: Draft) => {
    const input = newConnectionOf(wanted)
    return input && (await desk.connections.add(input))
  })
  useUnsaved(step !== 'extracts' && isTyped(draft))
  const shown: Step = add.busy ? 'check' : step
  const current = steps.indexOf(shown)
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
              aria-current={one === shown ? 'step' : undefined}
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
          {step === 'system' ? (
            <SystemStep
              system={draft.system}
              onChange={system => setDraft({ ...empty(system), name: draft.name, mark: draft.mark })}
              onNext={() => setStep('signIn')}
            />
          ) : null}
          {step === 'signIn' ? (
            <SignInStep
              draft={draft}
              onChange={patch => setDraft(before => ({ ...before, ...patch }))}
              onBack={() => setStep('system')}
              check={add}
              onCheck={async wanted => {
                if ((await add.run(wanted)) !== null) setStep('extracts')
              }}
            />
          ) : null}
          {step === 'extracts' && add.result ? <ExtractsStep connection={add.result} /> : null}
        </div>
      </div>
    </Page>
  )
}

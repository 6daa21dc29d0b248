import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import type { NewConnection } from '../../../preload/contract/types.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Choice, Select, TextField } from '../../ui/fields.tsx'
import type { Action } from '../../ui/use-action.ts'
import { checking, resultsOf } from './check.ts'
import { CheckList } from './check-list.tsx'
import { type Draft, newConnectionOf, OTHER, problemsOf, usualKeep } from './draft.ts'
import { concurAuthKinds } from './secret-fields.ts'
import { KeepChoice, SecretInputs } from './secret-inputs.tsx'

type SignInStepProps = {
  readonly onBack: () => void
  /** The check that runs, or how the last one ended. */
  readonly check: Pick<Action<readonly [], unknown>, 'busy' | 'error'>
  readonly onCheck: (input: NewConnection) => Promise<void>
}

/** Name, mark, address and sign-in. Signing in proves it works; nothing is saved where that fails. */
export function SignInStep({ onBack, check, onCheck }: SignInStepProps): ReactElement {
  const text = words.connections
  const keychain = useSettings(state => state.status.keychain)
  const [tries, setTries] = useState(0)
  const tried = tries > 0
  const form = useRef<HTMLFormElement>(null)
  // The first field that is not right may be far up; nobody should have to look for it.
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tries])
  const [draft, setDraft] = useState<Draft>({
    name: '',
    mark: 'production',
    dataCentre: text.dataCentres[0].url,
    ownUrl: '',
    auth: 'company-request-token',
    secrets: {},
    keep: usualKeep(keychain),
  })
  const change = (patch: Partial<Draft>) => setDraft(before => ({ ...before, ...patch }))
  const problems = tried ? problemsOf(draft) : []
  const results = check.busy ? checking : check.error && resultsOf(check.error)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setTries(before => before + 1)
    if (problemsOf(draft).length === 0) void onCheck(newConnectionOf(draft))
  }
  return (
    <form className="form" onSubmit={onSubmit} noValidate ref={form}>
      <TextField
        label={text.form.name}
        what={text.form.nameWhat}
        value={draft.name}
        onChange={name => change({ name })}
        problem={problems.includes('name') ? text.form.needed : null}
        autoFocus
      />
      <Choice
        label={text.form.mark}
        options={[
          { id: 'production', name: text.form.marks.production, what: text.form.marksWhat.production },
          { id: 'test', name: text.form.marks.test, what: text.form.marksWhat.test },
        ]}
        value={draft.mark}
        onChange={mark => change({ mark })}
      />
      <Select
        label={text.form.address}
        what={text.form.addressWhat}
        options={[
          ...text.dataCentres.map(({ url, name }) => ({ id: url, name, what: url })),
          { id: OTHER, name: text.form.otherAddress },
        ]}
        value={draft.dataCentre}
        onChange={dataCentre => change({ dataCentre })}
      />
      {draft.dataCentre === OTHER ? (
        <TextField
          label={text.form.ownAddress}
          what={text.form.ownAddressWhat}
          value={draft.ownUrl}
          onChange={ownUrl => change({ ownUrl })}
          problem={problems.includes('address') ? text.form.httpsOnly : null}
          mono
        />
      ) : null}
      <Select
        label={text.form.kind}
        what={text.kinds[draft.auth].what}
        options={concurAuthKinds.map(id => ({ id, ...text.kinds[id] }))}
        value={draft.auth}
        onChange={auth => change({ auth, secrets: {} })}
      />
      <SecretInputs
        auth={draft.auth}
        secrets={draft.secrets}
        onChange={secrets => change({ secrets })}
        tried={tried}
      />
      <KeepChoice keep={draft.keep} onChange={keep => change({ keep })} />
      {results ? <CheckList results={results} /> : null}
      {check.error ? <ErrorNote error={check.error} live /> : null}
      <div className="form-actions">
        <Button look="primary" type="submit" isPending={check.busy}>
          {check.busy ? text.form.checking : text.form.check}
        </Button>
        <Button isDisabled={check.busy} onPress={onBack}>
          {words.shell.back}
        </Button>
      </div>
    </form>
  )
}

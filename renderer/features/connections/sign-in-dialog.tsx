import { type ReactElement, useState } from 'react'
import { desk } from '../../bridge.ts'
import { useConnection } from '../../stores/connections.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { useAction } from '../../ui/use-action.ts'
import { usualKeep } from './draft.ts'
import { missingFields, type Secrets, secretsOf } from './secret-fields.ts'
import { KeepChoice, SecretInputs } from './secret-inputs.tsx'

type SignInDialogProps = { readonly connectionId: string; readonly onClose: () => void }

/** New secrets for a connection. They are sent once and are gone from the window when it closes. */
export function SignInDialog({ connectionId, onClose }: SignInDialogProps): ReactElement | null {
  const connection = useConnection(connectionId)
  const [secrets, setSecrets] = useState<Secrets>({})
  const keychain = useSettings(state => state.status.keychain)
  const [keep, setKeep] = useState(usualKeep(keychain))
  const [tried, setTried] = useState(false)
  const signIn = useAction(async (bundle: Secrets) => {
    await desk.connections.signIn(connectionId, bundle, keep)
    onClose()
  })
  if (!connection) return null
  const text = words.connections.signInDialog
  const submit = () => {
    setTried(true)
    if (missingFields(connection, secrets).length === 0) {
      void signIn.run(secretsOf(connection, secrets))
    }
  }
  return (
    <Dialog
      title={text.title(connection.name)}
      about={
        <p className="about">
          {words.connections.kindOf(connection.system, connection.auth).name}
          <MarkLabel mark={connection.mark} />
        </p>
      }
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button look="primary" type="submit" isPending={signIn.busy}>
            {signIn.busy ? words.connections.form.checking : text.confirm}
          </Button>
        </>
      }
    >
      <p className="secondary">{text.once}</p>
      <SecretInputs kind={connection} secrets={secrets} onChange={setSecrets} tried={tried} autoFocus />
      <KeepChoice keep={keep} onChange={setKeep} />
      {signIn.error ? <ErrorNote error={signIn.error} live /> : null}
    </Dialog>
  )
}

import { type FormEvent, type ReactElement, useState } from 'react'
import type { ProxySettings } from '../../../preload/contract/types.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import type { Action } from '../../ui/use-action.ts'

const text = words.settings
const modes = ['system', 'direct', 'pac', 'fixed'] as const
type Mode = (typeof modes)[number]

type ProxyFormProps = {
  readonly proxy: ProxySettings
  readonly busy: boolean
  readonly disabled?: boolean
  readonly onUse: (proxy: ProxySettings) => void
}

/** The way to the systems. A choice without an address takes effect at once; the others when *Use* is pressed. */
export function ProxyForm({ proxy, busy, disabled = false, onUse }: ProxyFormProps): ReactElement {
  const [mode, setMode] = useState<Mode>(proxy.mode)
  const [url, setUrl] = useState(proxy.mode === 'pac' ? proxy.url : '')
  const [server, setServer] = useState(proxy.mode === 'fixed' ? proxy.server : '')
  const [bypass, setBypass] = useState(proxy.mode === 'fixed' ? proxy.bypass : '')

  const choose = (chosen: Mode) => {
    setMode(chosen)
    if (chosen === 'system' || chosen === 'direct') onUse({ mode: chosen })
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (mode === 'pac') onUse({ mode, url: url.trim() })
    if (mode === 'fixed') onUse({ mode, server: server.trim(), bypass: bypass.trim() })
  }
  const ready = mode === 'pac' ? url.trim() !== '' : server.trim() !== ''
  return (
    <form className="settings-fields" onSubmit={onSubmit} noValidate>
      <Choice
        label={text.proxy}
        options={modes.map(id => ({ id, name: text.proxies[id] }))}
        value={mode}
        onChange={choose}
        disabled={disabled}
      />
      {mode === 'pac' ? (
        <TextField
          label={text.pacUrl}
          what={text.pacUrlWhat}
          value={url}
          onChange={setUrl}
          disabled={disabled}
          mono
        />
      ) : null}
      {mode === 'fixed' ? (
        <>
          <TextField
            label={text.proxyServer}
            what={text.proxyServerWhat}
            value={server}
            onChange={setServer}
            disabled={disabled}
            mono
          />
          <TextField
            label={text.proxyBypass}
            what={text.proxyBypassWhat}
            value={bypass}
            onChange={setBypass}
            disabled={disabled}
            mono
          />
        </>
      ) : null}
      {(mode === 'pac' || mode === 'fixed') && !disabled ? (
        <div className="form-actions">
          <Button type="submit" isDisabled={!ready} isPending={busy}>
            {text.useProxy}
          </Button>
        </div>
      ) : null}
    </form>
  )
}

type ProxySignInFormProps = {
  readonly signIn: Action<[username: string, password: string], void>
}

/** What the proxy asks for. Nobody is shown what is kept: the fields begin empty, and the password goes when it is kept. */
export function ProxySignInForm({ signIn }: ProxySignInFormProps): ReactElement {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if ((await signIn.run(username.trim(), password)) !== null) setPassword('')
  }
  return (
    <form className="settings-fields" onSubmit={onSubmit} noValidate>
      <TextField
        label={text.proxySignIn.username}
        what={text.proxySignIn.usernameWhat}
        value={username}
        onChange={setUsername}
      />
      <TextField
        label={text.proxySignIn.password}
        what={text.proxySignIn.passwordWhat}
        value={password}
        onChange={setPassword}
        secret
      />
      {signIn.error ? <ErrorNote error={signIn.error} live /> : null}
      <div className="form-actions">
        <Button type="submit" isDisabled={username.trim() === '' || password === ''} isPending={signIn.busy}>
          {text.proxySignIn.save}
        </Button>
        <span className="field-what" role="status">
          {signIn.result === null ? null : text.proxySignIn.saved}
        </span>
      </div>
    </form>
  )
}

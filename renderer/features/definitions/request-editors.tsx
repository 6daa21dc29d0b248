import { type ReactElement, useState } from 'react'
import type { KeptRequest } from '../../../preload/contract/types.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import { localZone } from '../../format/time.ts'
import { words } from '../../text.ts'
import { emptyIcws, icwsDraftOf, icwsRequestOf } from './icws-draft.ts'
import { IcwsFields } from './icws-fields.tsx'
import { emptyVault, vaultDraftOf, vaultRequestOf } from './vault-draft.ts'
import { VaultFields } from './vault-fields.tsx'

export type EditorProps = {
  /** What it begins with. */
  readonly request: KeptRequest
  readonly onChange: (request: KeptRequest) => void
  /** The field of the request that was refused. */
  readonly refused: string | null
}

/** How requests of a system are written by hand. */
export type RequestEditor = {
  /** What a new definition begins with. */
  readonly empty: () => KeptRequest
  readonly Editor: (props: EditorProps) => ReactElement
  /** The request as it is sent, where the definition is called so. */
  readonly named: (request: KeptRequest, name: string) => KeptRequest
}

function IcwsEditor({ request, onChange, refused }: EditorProps): ReactElement {
  const [draft, setDraft] = useState(() => icwsDraftOf(request, localZone()))
  if (draft === null) return <AsWritten request={request} />
  return (
    <IcwsFields
      draft={draft}
      onChange={next => {
        setDraft(next)
        onChange(icwsRequestOf(next))
      }}
      refused={refused}
    />
  )
}

function VaultEditor({ request, onChange, refused }: EditorProps): ReactElement {
  const [draft, setDraft] = useState(() => vaultDraftOf(request))
  if (draft === null) return <AsWritten request={request} />
  return (
    <VaultFields
      draft={draft}
      onChange={next => {
        setDraft(next)
        onChange(vaultRequestOf(next))
      }}
      refused={refused}
    />
  )
}

/** What a form would not show whole is shown as it is, and changed in its file. */
function AsWritten({ request }: { readonly request: KeptRequest }): ReactElement {
  return (
    <>
      <p>{words.definitions.form.ofFile}</p>
      <pre className="request-json">{JSON.stringify(request, null, 2)}</pre>
    </>
  )
}

/** By system; null where the server keeps the definitions. */
export const requestEditors: Record<SystemName, RequestEditor | null> = {
  concur: null,
  icws: {
    empty: () => icwsRequestOf(emptyIcws(localZone())),
    Editor: IcwsEditor,
    named: (request, name) => ({ ...request, name: name.trim() }),
  },
  vault: {
    empty: () => vaultRequestOf(emptyVault),
    Editor: VaultEditor,
    named: request => request,
  },
}

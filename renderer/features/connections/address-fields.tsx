import type { ReactElement } from 'react'
import type { SystemName } from '../../../preload/contract/words.ts'
import { words } from '../../text.ts'
import { Select, TextField } from '../../ui/fields.tsx'
import { OTHER, type TypedAddress } from './address.ts'

const text = words.connections

type AddressFieldsProps = {
  readonly address: TypedAddress
  readonly onChange: (patch: Partial<TypedAddress>) => void
  /** What was typed is no address. */
  readonly wrong: boolean
}

function ConcurAddress({ address, onChange, wrong }: AddressFieldsProps): ReactElement {
  return (
    <>
      <Select
        label={text.form.address}
        what={text.form.addressWhat}
        options={[
          ...text.dataCentres.map(({ url, name }) => ({ id: url, name, what: url })),
          { id: OTHER, name: text.form.otherAddress },
        ]}
        value={address.dataCentre}
        onChange={dataCentre => onChange({ dataCentre })}
      />
      {address.dataCentre === OTHER ? (
        <TextField
          label={text.form.ownAddress}
          what={text.form.ownAddressWhat}
          value={address.ownUrl}
          onChange={ownUrl => onChange({ ownUrl })}
          problem={wrong ? text.form.httpsOnly : null}
          mono
        />
      ) : null}
    </>
  )
}

function IcwsAddress({ address, onChange, wrong }: AddressFieldsProps): ReactElement {
  return (
    <div className="server-and-port">
      <TextField
        label={text.form.server}
        what={text.form.serverWhat}
        value={address.server}
        onChange={server => onChange({ server })}
        problem={wrong ? text.form.noServer : null}
        mono
      />
      <TextField
        label={text.form.port}
        what={text.form.portWhat}
        value={address.port}
        onChange={port => onChange({ port })}
        mono
      />
    </div>
  )
}

function VaultAddress({ address, onChange, wrong }: AddressFieldsProps): ReactElement {
  return (
    <TextField
      label={text.form.vaultAddress}
      what={text.form.vaultAddressWhat}
      value={address.vault}
      onChange={vault => onChange({ vault })}
      problem={wrong ? text.form.noVault : null}
      mono
    />
  )
}

/** Where each system is, as its people name it. */
export const addressFields: Record<SystemName, (props: AddressFieldsProps) => ReactElement> = {
  concur: ConcurAddress,
  icws: IcwsAddress,
  vault: VaultAddress,
}

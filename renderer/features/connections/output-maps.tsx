import type { ReactElement } from 'react'
import type { OutputMap } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { words } from '../../text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useAction } from '../../ui/use-action.ts'
import { isWhole } from './draft.ts'

const text = words.connections.maps

type OutputMapsProps = {
  readonly maps: readonly OutputMap[]
  readonly onChange: (maps: readonly OutputMap[]) => void
  /** Whether lines that are not whole are named: only after the first try. */
  readonly tried: boolean
}

/** Folders as the server names them, and where they lie for this computer, which is picked and never typed. */
export function OutputMaps({ maps, onChange, tried }: OutputMapsProps): ReactElement {
  const change = (at: number, patch: Partial<OutputMap>) =>
    onChange(maps.map((map, index) => (index === at ? { ...map, ...patch } : map)))
  const choose = useAction(async (at: number) => {
    const local = await desk.settings.chooseFolder()
    if (local !== null) change(at, { local })
  })
  return (
    <fieldset className="field list-field">
      <legend className="field-label">{text.label}</legend>
      <p className="field-what">{text.what}</p>
      {maps.map((map, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else that stays while it is typed
        <div className="list-entry map-entry" key={index}>
          <TextField
            label={text.server}
            {...(index === 0 ? { what: text.serverWhat } : {})}
            value={map.server}
            onChange={server => change(index, { server })}
            problem={tried && !isWhole(map) ? text.incomplete : null}
            mono
          />
          <div className="field">
            <span className="field-label">{text.local}</span>
            <div className="with-button">
              <output className="input input-shown breakable">
                {map.local === '' ? text.none : map.local}
              </output>
              <Button
                onPress={() => choose.run(index)}
                isPending={choose.busy}
                aria-label={text.chooseOf(index + 1)}
              >
                <Icon name="folder" />
                {text.choose}
              </Button>
            </div>
          </div>
          <IconButton
            icon="close"
            label={text.removeOf(index + 1)}
            onPress={() => onChange(maps.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {choose.error ? <ErrorNote error={choose.error} live /> : null}
      <div className="form-actions">
        <Button onPress={() => onChange([...maps, { server: '', local: '' }])}>{text.add}</Button>
      </div>
    </fieldset>
  )
}

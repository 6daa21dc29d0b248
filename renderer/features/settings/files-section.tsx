import { type ReactElement, useState } from 'react'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'
import { desk } from '../../bridge.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { FixedNote, Section } from './section.tsx'
import type { Change } from './use-change.ts'

const text = words.settings
const archiveFactors = [1, 10, 100]

/** What is offered for new destinations, and how large an archive may be. */
export function FilesSection({ change }: { readonly change: Change }): ReactElement {
  const { settings, set, isFixed } = change
  const choose = useAction(async () => {
    const defaultFolder = await desk.settings.chooseFolder()
    if (defaultFolder !== null) set({ defaultFolder }, text.defaultFolder)
  })
  const factors = archiveFactors.includes(settings.archiveFactor)
    ? archiveFactors
    : [settings.archiveFactor, ...archiveFactors]
  const folderFixed = isFixed('defaultFolder')
  return (
    <Section id="files" title={text.groups.files}>
      <div className="field">
        <span className="field-label">{text.defaultFolder}</span>
        <div className="folder-line">
          <span className={settings.defaultFolder === null ? 'secondary' : 'breakable'}>
            {settings.defaultFolder ?? text.noDefaultFolder}
          </span>
          <Button isDisabled={folderFixed} isPending={choose.busy} onPress={() => choose.run()}>
            {text.choose}
          </Button>
          {settings.defaultFolder === null || folderFixed ? null : (
            <Button look="quiet" onPress={() => set({ defaultFolder: null }, text.defaultFolder)}>
              {text.forget}
            </Button>
          )}
        </div>
        <FixedNote fixed={folderFixed} />
        {choose.error ? <ErrorNote error={choose.error} live /> : null}
      </div>
      <NameField key={settings.defaultName} change={change} />
      <div>
        <Select
          label={text.archiveLimit}
          what={text.archiveLimitWhat}
          options={factors.map(n => ({ id: String(n), name: text.archiveLimitUnit(n) }))}
          value={String(settings.archiveFactor)}
          onChange={n => set({ archiveFactor: Number(n) }, text.archiveLimit)}
          disabled={isFixed('archiveFactor')}
        />
        <FixedNote fixed={isFixed('archiveFactor')} />
      </div>
    </Section>
  )
}

/** Kept when the field is left: a half-typed template is none. */
function NameField({ change }: { readonly change: Change }): ReactElement {
  const { settings, set, isFixed, error } = change
  const [name, setName] = useState(settings.defaultName)
  const wrong = error?.code === 'bad-input' && error.facts.field === 'defaultName'
  const fixed = isFixed('defaultName')
  return (
    <div>
      <TextField
        label={upkeep.defaultName}
        what={upkeep.defaultNameWhat}
        value={name}
        onChange={setName}
        onBlur={() => {
          const typed = name.trim()
          if (typed === '') setName(settings.defaultName)
          else if (typed !== settings.defaultName) set({ defaultName: typed }, upkeep.defaultName)
        }}
        problem={wrong ? upkeep.defaultNameWrong : null}
        disabled={fixed}
        mono
      />
      <FixedNote fixed={fixed} />
    </div>
  )
}

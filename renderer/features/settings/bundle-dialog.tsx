import { type ReactElement, useEffect, useState } from 'react'
import { type BundlePart, bundleParts } from '../../../preload/contract/support.ts'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'
import { desk } from '../../bridge.ts'
import { figures } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/fields.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useBundle } from './use-bundle.ts'

const text = upkeep.bundle

/** What goes into the bundle, to be looked at part by part; only what was shown is saved. */
export function BundleDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { id, parts, error } = useBundle()
  const [chosen, setChosen] = useState<BundlePart['kind']>('about')
  const save = useAction(() => desk.support.save(id ?? ''))
  const complete = id !== null && parts.length === bundleParts.length
  const shown = parts.find(({ kind }) => kind === chosen)
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
  return (
    <Dialog
      title={text.title}
      onClose={onClose}
      wide
      actions={
        <>
          <Button onPress={onClose}>{save.result || complete ? text.close : text.cancel}</Button>
          <Button look="primary" isDisabled={!complete} isPending={save.busy} onPress={() => save.run()}>
            {text.save}
          </Button>
        </>
      }
    >
      <p>{text.what}</p>
      {error ? <ErrorNote error={error} live /> : null}
      <div role="status">
        {complete ? (
          <p>{text.collected(bytes)}</p>
        ) : (
          <Progress
            label={text.title}
            percent={(100 * parts.length) / bundleParts.length}
            text={text.collecting(parts.length, bundleParts.length)}
          />
        )}
      </div>
      <Select
        label={text.part}
        options={parts.map(part => ({
          id: part.kind,
          name: `${text.kinds[part.kind]} · ${figures.size(part.bytes)}`,
          what: part.name,
        }))}
        value={chosen}
        onChange={setChosen}
      />
      {id && shown ? <PartText key={`${id} ${shown.kind}`} bundleId={id} part={shown} /> : null}
      {save.error ? <ErrorNote error={save.error} live /> : null}
      <p role="status" className="breakable">
        {save.result ? text.saved(save.result) : ''}
      </p>
    </Dialog>
  )
}

type PartTextProps = { readonly bundleId: string; readonly part: BundlePart }

/** A part as it will stand in the archive, piece by piece: a log may have millions of characters. */
function PartText({ bundleId, part }: PartTextProps): ReactElement {
  const [read, setRead] = useState<{ readonly text: string; readonly next: number | null }>({
    text: '',
    next: 0,
  })
  const more = useAction(async () => {
    if (read.next === null) return
    const { text: piece, next } = await desk.support.read(bundleId, part.kind, read.next)
    setRead({ text: read.text + piece, next })
  })
  const { run } = more
  useEffect(() => {
    void run()
  }, [run])
  if (part.bytes === 0) return <p className="bundle-text bundle-empty">{text.empty}</p>
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it */}
      <section className="bundle-text" tabIndex={0} aria-label={text.content(text.kinds[part.kind])}>
        {read.text}
      </section>
      {more.error ? <ErrorNote error={more.error} live /> : null}
      {read.next === null ? null : (
        <div>
          <Button isPending={more.busy} onPress={() => run()}>
            {text.more}
          </Button>
        </div>
      )}
    </>
  )
}

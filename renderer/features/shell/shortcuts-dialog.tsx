import type { ReactElement } from 'react'
import { desk } from '../../bridge.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { back, command } from '../../ui/keys.ts'
import { useAction } from '../../ui/use-action.ts'

const text = words.keyboard
const { what, keys, groups } = text

type Line = { readonly keys: string; readonly what: string }

const anywhere: readonly Line[] = [
  { keys: command('K'), what: what.palette },
  { keys: command('1'), what: what.today },
  { keys: command('2'), what: what.extracts },
  { keys: command('3'), what: what.history },
  { keys: command('4'), what: what.schedules },
  { keys: command('5'), what: what.connections },
  { keys: command(','), what: what.settings },
  { keys: command('F'), what: what.search },
  { keys: back, what: what.back },
  { keys: 'F6', what: what.regions },
  { keys: command('L'), what: what.lookInside },
  { keys: command('Z'), what: what.undo },
  { keys: 'F1', what: what.overview },
]
const inLists: readonly Line[] = [
  { keys: keys.arrowsUpDown, what: what.rows },
  { keys: keys.homeEnd, what: what.ends },
  { keys: keys.pageKeys, what: what.pages },
  { keys: keys.letters, what: what.name },
  { keys: keys.arrowsLeftRight, what: what.inRow },
  { keys: keys.shiftF10, what: what.menu },
  { keys: keys.enter, what: what.openRow },
]
const inFiles: readonly Line[] = [
  { keys: command('F'), what: what.find },
  { keys: command('G'), what: what.goToRow },
  { keys: command('Enter'), what: what.keep },
  { keys: command('C'), what: what.copyCell },
  { keys: keys.enter, what: what.whole },
  { keys: command(keys.homeEnd), what: what.corners },
  { keys: keys.shiftArrows, what: what.width },
]
const above: readonly Line[] = [{ keys: keys.escape, what: what.close }]

/** Every shortcut of the window, by where it works. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const questionMarkKey = useSettings(state => state.settings.questionMarkKey)
  const change = useAction((on: boolean) => desk.settings.change({ questionMarkKey: on }))
  return (
    <Dialog
      title={text.title}
      wide
      onClose={onClose}
      actions={
        <Button look="primary" onPress={onClose} autoFocus>
          {words.shell.close}
        </Button>
      }
    >
      <div className="shortcut-groups">
        <div className="shortcut-column">
          <Group title={groups.anywhere} lines={anywhere} />
          <Group title={groups.inside} lines={inFiles} />
        </div>
        <div className="shortcut-column">
          <Group title={groups.lists} lines={inLists} />
          <Group title={groups.panels} lines={above} />
        </div>
      </div>
      {/* A key without Ctrl must be possible to switch off (WCAG 2.1.4). */}
      <Checkbox checked={questionMarkKey} what={text.questionMarkWhat} onChange={on => void change.run(on)}>
        {text.questionMark}
      </Checkbox>
      {change.error ? <ErrorNote error={change.error} live /> : null}
    </Dialog>
  )
}

function Group({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }): ReactElement {
  return (
    <section>
      <h3>{title}</h3>
      <dl className="shortcuts">
        {lines.map(line => (
          <div key={line.what}>
            <dt>
              <kbd>{line.keys}</kbd>
            </dt>
            <dd>{line.what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

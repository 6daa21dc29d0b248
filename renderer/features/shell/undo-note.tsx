import { type ReactElement, useEffect, useState } from 'react'
import { type Undoable, withdrawUndo } from '../../stores/undo.ts'
import { words } from '../../text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { command, commandAria } from '../../ui/keys.ts'
import { useAction } from '../../ui/use-action.ts'

const text = words.keyboard.undo
/** Long enough to read it and to reach it by keyboard; while it is looked at it does not go. */
const offeredForMs = 15_000

/** What was just done, and the way to take it back. After a while it is final, and this goes by itself. */
export function UndoNote({ offered }: { readonly offered: Undoable }): ReactElement {
  const { number, said } = offered
  const [held, setHeld] = useState(false)
  const undo = useAction(async () => {
    await offered.undo()
    return true
  })
  const over = undo.result === true
  useEffect(() => {
    if (held || undo.busy || undo.error !== null) return undefined
    const timer = window.setTimeout(() => withdrawUndo(number), over ? 3000 : offeredForMs)
    return () => window.clearTimeout(timer)
  }, [held, undo.busy, undo.error, over, number])
  return (
    <section
      className="undo-note"
      aria-label={text.region}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {/* That it is offered is said by the announcer; here only what becomes of it. */}
      <p role={over || undo.error ? 'status' : 'none'}>
        {over ? text.undone : undo.error ? text.failed : said}
      </p>
      {over || undo.error ? null : (
        <Button
          look="quiet"
          data-undo="true"
          isPending={undo.busy}
          aria-keyshortcuts={commandAria('Z')}
          onPress={() => undo.run()}
        >
          {text.button} <kbd>{command('Z')}</kbd>
        </Button>
      )}
      <IconButton icon="close" label={words.shell.close} onPress={() => withdrawUndo(number)} />
    </section>
  )
}

import { type ReactElement, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { cutMiddle } from '../format/ids.ts'
import { words } from '../text.ts'
import { Icon } from './icons.tsx'

/** Older runtimes ask for a permission that the app grants to nobody; a selection copied by hand needs none. */
function copyBySelection(text: string): void {
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'unseen'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

/** Copies a text, and leaves the focus where it was. */
export async function copyToClipboard(text: string): Promise<void> {
  const before = document.activeElement
  await navigator.clipboard.writeText(text).catch(() => copyBySelection(text))
  if (before instanceof HTMLElement) before.focus()
}

type CopyProps = {
  readonly text: string
  /** What it is, for the button's name: `Job id`. */
  readonly what: string
  readonly whole?: boolean
}

/** An id or hash in monospace with its middle cut; a click copies all of it. */
export function CopyText({ text, what, whole = false }: CopyProps): ReactElement {
  const [copied, setCopied] = useState(false)
  const shown = whole ? text : cutMiddle(text)
  const copy = async () => {
    await copyToClipboard(text)
    setCopied(true)
  }
  return (
    <Button
      className="copy"
      aria-label={words.shell.copyOf(what, shown)}
      data-hint={copied ? words.shell.copied : text}
      onPress={copy}
      onHoverEnd={() => setCopied(false)}
      onBlur={() => setCopied(false)}
    >
      <code>{shown}</code>
      {copied ? <Icon name="check" /> : <Icon name="copy" />}
    </Button>
  )
}

import type { ReactElement } from 'react'
import type { ConnectionMark } from '../../preload/contract/words.ts'
import { words } from '../text.ts'

/** Which kind of system this is, told before anything is pressed. */
export function MarkLabel({ mark }: { readonly mark: ConnectionMark }): ReactElement {
  return <span className={`mark mark-${mark}`}>{words.states.marks[mark]}</span>
}

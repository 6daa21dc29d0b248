import type { ReactElement } from 'react'
import type { ConnectionMark } from '../../preload/contract/words.ts'
import { words } from '../text.ts'

/** Which kind of system this is, told before anything is pressed. */
export function MarkLabel({ mark }: { readonly mark: ConnectionMark }): ReactElement {
  return <span className={`mark mark-${mark}`}>{words.states.marks[mark]}</span>
}

/** In lists, where nothing can be started, only what is not production stands out. */
export function MarkInList({ mark }: { readonly mark: ConnectionMark }): ReactElement | null {
  return mark === 'production' ? null : <MarkLabel mark={mark} />
}

import type { ReactElement } from 'react'
import type { StateLook } from '../format/state.ts'
import { ShapeIcon } from './icons.tsx'

/** A state as shape, word and colour. */
export function StateMark({ look }: { readonly look: StateLook }): ReactElement {
  return (
    <span className={`state tone-${look.tone}`}>
      <ShapeIcon shape={look.shape} />
      <span className="state-word">{look.word}</span>
    </span>
  )
}

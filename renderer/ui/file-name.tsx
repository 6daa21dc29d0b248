import { Fragment, type ReactElement } from 'react'

/** A file's name that may break after its underscores, where it does not fit, rather than within a word. */
export function FileName({ name }: { readonly name: string }): ReactElement {
  const pieces = name.split(/(?<=_)/)
  return (
    <>
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one name never move
        <Fragment key={index}>
          {piece}
          <wbr />
        </Fragment>
      ))}
    </>
  )
}

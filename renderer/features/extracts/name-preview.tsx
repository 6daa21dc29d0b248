import type { ReactElement } from 'react'
import type { Destination } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { errorText, words } from '../../text.ts'
import { useAnswer } from '../../ui/use-answer.ts'

type NamePreviewProps = { readonly destination: Destination; readonly definitionId: string }

/** The exact paths the next delivery would make, as they are typed. The last good ones stay while new ones come. */
export function NamePreview({ destination, definitionId }: NamePreviewProps): ReactElement {
  const text = words.extracts.form
  const { value, error } = useAnswer(
    JSON.stringify([definitionId, destination]),
    async () =>
      destination.folder === ''
        ? { paths: [], error: null }
        : await desk.definitions.previewNames(destination, definitionId),
    true,
  )
  const problem = error ?? value?.error ?? null
  return (
    <div className="preview" aria-live="polite">
      <p className="field-label">{text.preview}</p>
      {destination.folder === '' ? (
        <p className="secondary">{text.previewNone}</p>
      ) : problem ? (
        <p className="field-problem">{errorText(problem).what}</p>
      ) : (
        <ul>
          {(value?.paths ?? []).map(path => (
            <li key={path}>
              <code>{path}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

import { type ReactElement, useSyncExternalStore } from 'react'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import type { ProgressView } from '../../../preload/contract/types.ts'
import { transferPercent, transferText } from '../../format/transfer.ts'
import { Button } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import type { Work, WorkName, Works } from './works.ts'

export const useWork = (works: Works, name: WorkName): Work | null =>
  useSyncExternalStore(works.subscribe, works.read).get(name) ?? null

type WorkProgressProps = {
  readonly works: Works
  readonly name: WorkName
  readonly label: string
  /** The way out stands elsewhere: among the buttons of a dialog. */
  readonly plain?: boolean
}

/** A long work with its figures and the way out of it; nothing while there is none. */
export function WorkProgress(props: WorkProgressProps): ReactElement | null {
  const { works, name, label, plain = false } = props
  const work = useWork(works, name)
  if (!work) return null
  const progress = bytesOf(work)
  return (
    <div className="inside-work">
      <span>{label}</span>
      <Progress
        label={label}
        percent={progress ? transferPercent(progress) : null}
        text={progress ? transferText(progress) : ''}
      />
      {plain ? null : (
        <Button look="quiet" onPress={() => works.cancel(name)}>
          {text.work.cancel}
        </Button>
      )}
    </div>
  )
}

/** Less than this was under way tells nothing of a rate. */
const rateAfterMs = 300

function bytesOf({ progress, since }: Work): ProgressView | null {
  if (!progress) return null
  const took = Date.now() - since
  return {
    step: 'verifying',
    bytes: progress.done,
    totalBytes: progress.of,
    bytesPerSecond: took > rateAfterMs ? Math.round((progress.done / took) * 1000) : null,
  }
}

import type { ReactElement } from 'react'
import { ProgressBar } from 'react-aria-components/ProgressBar'

type ProgressProps = {
  readonly label: string
  /** 0 to 100; null while the share is not known. */
  readonly percent: number | null
  /** The figures that stand beside the bar: never a bar alone. */
  readonly text: string
}

export function Progress({ label, percent, text }: ProgressProps): ReactElement {
  return (
    <div className="progress">
      <ProgressBar
        className="progress-bar"
        aria-label={label}
        valueLabel={text}
        isIndeterminate={percent === null}
        value={percent ?? 0}
      >
        <div className="progress-track">
          <div
            className={percent === null ? 'progress-fill progress-unknown' : 'progress-fill'}
            style={percent === null ? {} : { width: `${percent}%` }}
          />
        </div>
      </ProgressBar>
      <span className="progress-text">{text}</span>
    </div>
  )
}

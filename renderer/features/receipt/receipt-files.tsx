import type { ReactElement } from 'react'
import type { FileFinding, ReceiptFile, VerifyView } from '../../../preload/contract/receipts.ts'
import { baseName } from '../../format/paths.ts'
import type { Shape } from '../../format/state.ts'
import { localZone, timeWithin } from '../../format/time.ts'
import { figures, words } from '../../text.ts'
import { IconButton } from '../../ui/button.tsx'
import { CopyText } from '../../ui/copy.tsx'
import { FileName } from '../../ui/file-name.tsx'
import { ShapeIcon } from '../../ui/icons.tsx'
import { useNow } from '../../ui/now.ts'

const text = words.history.receipt

type ReceiptFilesProps = {
  readonly files: readonly ReceiptFile[]
  readonly deliveredAt: number
  readonly verified: VerifyView | null
  readonly onShow: (fileIndex: number) => void
  readonly onLook: (fileIndex: number) => void
}

/** Each file with what was delivered, and what a re-hash found where it should be. */
export function ReceiptFiles(props: ReceiptFilesProps): ReactElement {
  const { files, deliveredAt, verified, onShow, onLook } = props
  const now = useNow()
  const found = new Map(verified?.files.map(finding => [finding.path, finding]))
  return (
    <section className="panel-part">
      <h3>{text.files}</h3>
      <ul className="files">
        {files.map((file, index) => (
          <li key={file.path} className="file">
            <div className="file-head">
              <span className="file-name" data-hint={file.path}>
                <FileName name={baseName(file.path)} />
              </span>
              <IconButton
                icon="table"
                label={text.lookInsideOf(baseName(file.path))}
                onPress={() => onLook(index)}
              />
              <IconButton
                icon="folder"
                label={text.showFile(baseName(file.path))}
                onPress={() => onShow(index)}
              />
            </div>
            <p className="file-facts">
              <span>{figures.size(file.bytes)}</span>
              {file.rows === null ? null : <span>{figures.rows(file.rows)}</span>}
              <span>
                {text.sha} <CopyText text={file.sha256} what={text.sha} />
              </span>
            </p>
            <Finding
              finding={found.get(file.path) ?? null}
              atDelivery={text.checkedAtDelivery(timeWithin(deliveredAt, now, localZone()))}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

const looks: Record<FileFinding['found'], { readonly shape: Shape; readonly tone: string }> = {
  there: { shape: 'delivered', tone: 'ok' },
  moved: { shape: 'delivered', tone: 'ok' },
  changed: { shape: 'failed', tone: 'danger' },
  missing: { shape: 'failed', tone: 'danger' },
  unreachable: { shape: 'needs-you', tone: 'attention' },
}

type FindingProps = {
  readonly finding: FileFinding | null
  /** What is known of a file that was not looked at since. */
  readonly atDelivery: string
}

function Finding({ finding, atDelivery }: FindingProps): ReactElement {
  if (finding === null) return <p className="finding secondary">{atDelivery}</p>
  const { shape, tone } = looks[finding.found]
  return (
    <>
      <p className={`finding tone-${tone}`}>
        <ShapeIcon shape={shape} />
        {text.findings[finding.found]}
      </p>
      {finding.movedTo === undefined ? null : (
        <p className="secondary breakable">{text.movedTo(finding.movedTo)}</p>
      )}
    </>
  )
}

import { type ReactElement, useState } from 'react'
import type { InsideTarget } from '../../../preload/contract/inside.ts'
import type { ReceiptView } from '../../../preload/contract/receipts.ts'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { desk } from '../../bridge.ts'
import { baseName } from '../../format/paths.ts'
import { closeInside, type Inside, usePlace } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useAnswer } from '../../ui/use-answer.ts'
import { Page } from '../shell/page.tsx'
import { EntryList } from './entry-list.tsx'
import { FilesMenu } from './files-menu.tsx'
import { TableScreen } from './table-screen.tsx'
import { useOpened } from './use-opened.ts'
import { useWork, WorkProgress } from './work-progress.tsx'
import type { Works } from './works.ts'
import '../../styles/inside.css'

/** A delivered file as a table. Leaving it closes it at main. */
export function LookInsidePage({ receiptId, fileIndex }: Inside): ReactElement {
  const crumb = useCrumb()
  const { value: receipt, error, again } = useAnswer(receiptId, () => desk.receipts.show(receiptId))
  if (receipt) return <FileOfReceipt receipt={receipt} fileIndex={fileIndex ?? mainFile(receipt)} />
  return (
    <Page title={words.history.receipt.lookInside} crumb={crumb} fixed>
      {error ? (
        <div className="page-note">
          <ErrorNote error={error} live>
            <Button onPress={again}>{words.shell.tryAgain}</Button>
          </ErrorNote>
        </div>
      ) : (
        <SkeletonRows rows={12} label={text.opening} />
      )}
    </Page>
  )
}

/** What the receipt is about: the file whose totals were checked, else the first. */
const mainFile = ({ files, controlTotals }: ReceiptView): number =>
  Math.max(
    0,
    files.findIndex(({ path }) => path === controlTotals[0]?.file),
  )

type FileOfReceiptProps = { readonly receipt: ReceiptView; readonly fileIndex: number }

function FileOfReceipt({ receipt, fileIndex }: FileOfReceiptProps): ReactElement {
  const [entry, setEntry] = useState<string | null>(null)
  const target: InsideTarget = { receiptId: receipt.id, fileIndex, entry }
  const { opened, again } = useOpened(target)
  const crumb = useCrumb()
  const path = entry ?? receipt.files[fileIndex]?.path ?? ''
  const head = {
    title: baseName(path),
    crumb: entry === null ? crumb : { name: text.archive.back, onOpen: () => setEntry(null) },
    beside: <FilesMenu receipt={receipt} fileIndex={fileIndex} />,
    fixed: true,
    test: receipt.mark === 'test',
  }
  switch (opened.state) {
    case 'table':
      return (
        <TableScreen key={opened.inside.view.viewId} inside={opened.inside} head={head} onAgain={again} />
      )
    case 'archive':
      return (
        <Page {...head} about={text.archive.what(opened.entries.length)}>
          <EntryList entries={opened.entries} onChoose={setEntry} />
        </Page>
      )
    case 'opening':
      return (
        <Page {...head}>
          {opened.works ? (
            <div className="inside-opening">
              <Opening works={opened.works} />
            </div>
          ) : null}
          <SkeletonRows rows={16} label={text.opening} />
        </Page>
      )
    case 'failed':
      return (
        <Page {...head}>
          <div className="page-note">
            <ErrorNote error={opened.error} live>
              <Button
                onPress={() => desk.receipts.showInFolder(receipt.id, fileIndex).catch(() => undefined)}
              >
                {words.history.receipt.showInFolder}
              </Button>
              <Button onPress={again}>{words.shell.tryAgain}</Button>
            </ErrorNote>
          </div>
        </Page>
      )
  }
}

/** What it takes to open it: unpacking, or looking for a file that was moved. */
function Opening({ works }: { readonly works: Works }): ReactElement {
  const doing = useWork(works, 'open')?.progress?.doing
  const label = doing === 'unpack' || doing === 'look' ? text.work[doing] : text.opening
  return <WorkProgress works={works} name="open" label={label} />
}

/** The way back, named after the screen that lies under this one. */
function useCrumb(): { readonly name: string; readonly onOpen: () => void } {
  const screen = usePlace(({ page }) => page.screen)
  const named = screen === 'today' || screen === 'history' || screen === 'extracts' || screen === 'schedules'
  return { name: named ? words.shell[screen] : text.backTo, onOpen: closeInside }
}

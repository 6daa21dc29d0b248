import { basename, dirname } from 'node:path'
import type {
  InsideCalls,
  InsideCopy,
  InsideEntry,
  InsideOpened,
  InsideProgress,
  InsideTarget,
} from '../../../preload/contract/inside.ts'
import type { ReceiptFile } from '../../../preload/contract/receipts.ts'
import type { Files } from '../deliveries/files.ts'
import type { ReceiptsService } from '../desk.ts'
import type { Native } from '../desktop/native.ts'
import { AppError } from '../errors.ts'
import { receiptId } from '../ids.ts'
import type { Ids } from '../ports.ts'
import { layoutOf } from './columns.ts'
import type { InsideWork, Opened } from './inside-work.ts'
import {
  entriesOf,
  type Located,
  type LocateWorld,
  locate,
  needSpace,
  type Step,
  scratchPath,
  unpack,
} from './locate.ts'
import { createView, type View } from './view.ts'
import { sheetLimits } from './workbook-cell.ts'
import { createWorks } from './works.ts'

/** Delivered files as tables, as the window asks for them. */
export interface InsideService extends InsideCalls {
  /** Closes every view and ends every work: the window that showed them is gone. */
  closeAll(): Promise<void>
}

export type InsideWorld = LocateWorld & {
  readonly receipts: Pick<ReceiptsService, 'show'>
  readonly files: Pick<Files, 'look' | 'space' | 'makeFolder' | 'removeTree' | 'remove'>
  readonly work: InsideWork
  readonly native: Pick<Native, 'chooseCopy' | 'showInFolder'>
  readonly ids: Ids
  /** For what is unpacked to be looked into; nobody else's. Swept when the first file is opened, and at the end. */
  readonly scratch: string
  readonly publish: (progress: InsideProgress) => void
}

type OpenView = {
  readonly view: View
  /** The file's name, and where it is: in its folder, or unpacked in ours. */
  readonly name: string
  readonly path: string
  readonly unpacked: boolean
  readonly closed: AbortController
  copy: string | null
}

/** What is larger once unpacked is no extract. */
const mostUnpacked = 200 * 1024 ** 3

export function createInsideService(world: InsideWorld): InsideService {
  const { files, work, native, ids } = world
  const views = new Map<string, OpenView>()
  const works = createWorks(world.publish)
  let swept: Promise<void> | null = null

  /** A place for what is unpacked, in a folder that holds nothing of an earlier run any more. */
  async function scratch(): Promise<string> {
    swept ??= files.removeTree(world.scratch).then(() => files.makeFolder(world.scratch))
    await swept
    return scratchPath(world.scratch, ids.next('inside'))
  }

  function viewOf(viewId: string): OpenView {
    const view = views.get(viewId)
    if (!view) throw new AppError('not-found')
    return view
  }

  /** For what is answered without progress: it ends with the view alone. */
  const stepOf =
    ({ closed }: OpenView): Step =>
    () => ({ signal: closed.signal, onProgress: () => {} })

  const running = <T>(viewId: string, workId: string, run: (one: OpenView, step: Step) => Promise<T>) => {
    const one = viewOf(viewId)
    return works.run({ workId, viewId }, step => run(one, step))
  }

  async function open(target: InsideTarget, step: Step): Promise<InsideOpened> {
    const receipt = await world.receipts.show(receiptId(target.receiptId))
    const file = receipt.files[target.fileIndex]
    if (!file) throw new AppError('not-found')
    const made: string[] = []
    const toScratch = async () => {
      const path = await scratch()
      made.push(path)
      return path
    }
    try {
      const located = await locate(world, receipt, file, { scratch: toScratch, step })
      const opened = await work.inside(
        { what: 'open', path: located.path },
        step('look', located.changed ? 0 : file.bytes),
      )
      return await openedAs(target, file, { located, opened }, toScratch, step)
    } finally {
      const kept = new Set([...views.values()].map(({ path }) => path))
      for (const path of made) if (!kept.has(path)) await files.remove(path).catch(() => {})
    }
  }

  async function openedAs(
    { entry: wanted }: InsideTarget,
    file: ReceiptFile,
    { located, opened }: { readonly located: Located; readonly opened: Opened },
    toScratch: () => Promise<string>,
    step: Step,
  ): Promise<InsideOpened> {
    const name = basename(located.where === 'archive' ? file.path : located.path)
    const { path } = located
    if (opened.kind === 'zip' || opened.kind === 'tar') {
      const entries = await entriesOf(world, path, step('look', opened.bytes))
      if (wanted === null) return { kind: 'archive', name, entries: entries.map(entryView) }
      const entry = entries.find(one => one.path === wanted)
      if (!entry) throw new AppError('not-found')
      const to = await toScratch()
      await unpack(world, path, entry, to, step('unpack', entry.bytes))
      return table({ ...located, path: to, where: 'archive' }, basename(entry.path), step)
    }
    if (wanted !== null) throw new AppError('not-found')
    if (opened.kind === 'gzip') {
      const to = await toScratch()
      await needSpace(files, dirname(to), opened.bytes)
      await work.inside({ what: 'gunzip', path, to, most: mostUnpacked }, step('unpack', opened.bytes))
      return table({ ...located, path: to, where: 'archive' }, name.replace(/\.gz$/i, ''), step)
    }
    return show(located, name, opened)
  }

  const entryView = ({ path, bytes, encrypted }: InsideEntry): InsideEntry => ({ path, bytes, encrypted })

  async function table(located: Located, name: string, step: Step): Promise<InsideOpened> {
    return show(located, name, await work.inside({ what: 'open', path: located.path }, step('look', 0)))
  }

  function show({ path, where, changed }: Located, name: string, opened: Opened): InsideOpened {
    const { beginning, stamp, bytes } = opened
    if (beginning === null) throw new AppError('file-not-a-table', { facts: { file: name } })
    const layout = layoutOf(beginning, opened.rows)
    const file = { path, stamp, format: beginning.format }
    const view = createView({ work, file, opened, beginning, layout })
    const viewId = ids.next('view')
    const unpacked = path.startsWith(world.scratch)
    views.set(viewId, { view, name, path, unpacked, closed: new AbortController(), copy: null })
    return {
      kind: 'table',
      view: {
        viewId,
        name,
        bytes,
        where,
        changed,
        dialect: beginning.format.dialect,
        layout: layout.layout,
        header: beginning.header,
        columns: view.columns(),
        firstRows: view.firstRows(),
        firstRowsAreAll: opened.all,
      },
    }
  }

  async function close(viewId: string): Promise<void> {
    const one = views.get(viewId)
    if (!one) return
    views.delete(viewId)
    works.cancelView(viewId)
    one.closed.abort()
    if (one.unpacked) await files.remove(one.path).catch(() => {})
  }

  async function saveCopy(
    one: OpenView,
    to: string,
    numbers: readonly number[],
    step: Step,
  ): Promise<InsideCopy> {
    // The dialog asks before a file is replaced; for the delivered one the answer is always no.
    const [there, own] = await Promise.all([to, one.path].map(path => files.look(path).catch(() => null)))
    if (there && there.identity === own?.identity) throw new AppError('conflict', { facts: { path: to } })
    const columns = numbers.slice(0, sheetLimits.columns)
    const wanted = await one.view.copied(columns, step)
    const bytes = wanted.spans.reduce((sum, { from, to: end }) => sum + end - from, 0)
    const ask = {
      what: 'copy',
      file: one.view.file,
      wanted: { ...wanted, to, sheetRows: sheetLimits.rows },
    } as const
    const copied = await work.inside(ask, step('copy', bytes))
    one.copy = to
    return {
      ...copied,
      path: to,
      columnsLeftOut: numbers.length - columns.length,
      masked: columns.filter(number => wanted.masked.includes(number - 1)),
    }
  }

  return {
    open: (target, workId) => works.run({ workId, viewId: null }, step => open(target, step)),
    close,
    async cancel(workId) {
      works.cancel(workId)
    },
    index: (viewId, columns, workId) =>
      running(viewId, workId, ({ view }, step) => view.index(columns, step)),
    async rows(viewId, range) {
      const one = viewOf(viewId)
      return one.view.rows(range, stepOf(one))
    },
    async cell(viewId, row, column) {
      const one = viewOf(viewId)
      return one.view.cell(row, column, stepOf(one))
    },
    find: (viewId, wanted, workId) => running(viewId, workId, ({ view }, step) => view.find(wanted, step)),
    filter: (viewId, conditions, workId) =>
      running(viewId, workId, ({ view }, step) => view.filter(conditions, step)),
    values: (viewId, column, workId) =>
      running(viewId, workId, ({ view }, step) => view.values(column, step)),
    addUp: (viewId, columns, workId) =>
      running(viewId, workId, ({ view }, step) => view.addUp(columns, step)),
    show: async (viewId, columns) => viewOf(viewId).view.show(columns),
    async saveCopy(viewId, columns, workId) {
      // The work begins with the answer: whoever quits while it is asked waits for nothing.
      const to = await native.chooseCopy(`${viewOf(viewId).name.replace(/\.[^.]*$/, '')}.xlsx`)
      return to === null ? null : running(viewId, workId, (one, step) => saveCopy(one, to, columns, step))
    },
    async showCopy(viewId) {
      const { copy } = viewOf(viewId)
      if (copy === null) throw new AppError('not-found')
      native.showInFolder(copy)
    },
    async closeAll() {
      await Promise.all([works.cancelAll(), ...[...views.keys()].map(close)])
      if (swept) await files.removeTree(world.scratch).catch(() => {})
      swept = null
    },
  }
}

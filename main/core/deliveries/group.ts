import { createHash } from 'node:crypto'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { WarningView } from '../../../preload/contract/receipts.ts'
import { AppError } from '../errors.ts'
import { issueReceipt } from '../receipts/issue.ts'
import { formerOf, planAgain } from './former.ts'
import { jobValues, originalOf, type Subject, subjectOf } from './job-values.ts'
import { FolderTaken, unarrange } from './move-folder.ts'
import { groupNames } from './naming.ts'
import { decideActions, freeName, type NamedFile } from './plan.ts'
import { createPublisher, NameTaken } from './publish.ts'
import type { Run } from './run.ts'
import { StagedLost } from './staged.ts'
import { ensureFolder, filesIn, refuseElsewhere } from './staging.ts'
import type { Plan, PlannedFile } from './types.ts'

/** Publishes what was unpacked, as one group: decides its names, makes them visible, then the marker, then the receipt. */
export async function publish(run: Run): Promise<void> {
  const { world } = run
  const { folder } = run.delivery.destination
  const subject = await subjectOf(world, run.delivery)
  const publisher = createPublisher(world.files, world.clock)

  // The marker was staged before its plan was journalled: after a crash it may tell of another plan.
  const { plan: found } = run.delivery
  if (found && !found.placed) await writeMarker(run, found.marker, found.files)
  for (;;) {
    const plan = run.delivery.plan ?? (await makePlan(run, subject))
    try {
      // A plan of an earlier attempt: much may have happened to what it speaks of.
      if (plan === found && !plan.placed) await publisher.check(plan)
      await refuseElsewhere(world.files, run.staging, folder)
      if (!plan.placed) {
        await publisher.place(plan, run.staging, folder)
        await run.journal(
          { kind: 'placed', plan: { ...plan, placed: true } },
          `${plan.files.length} files are there`,
        )
      }
      await refuseElsewhere(world.files, run.staging, folder)
      await publisher.mark(plan, folder)
      break
    } catch (error) {
      if (error instanceof FolderTaken) await withoutOwnFolder(run, plan)
      else if (error instanceof NameTaken) await replan(run, plan, error.taken)
      else if (error instanceof StagedLost) await lost(run, plan, error.file)
      else throw error
    }
  }
  await finish(run, subject)
}

async function makePlan(run: Run, subject: Subject): Promise<Plan> {
  const { files, work } = run.world
  const { contents, downloads, destination } = run.delivery
  const staged = contents ?? []
  run.meter('publishing', null)
  const [first] = downloads
  const downloaded = first ? await originalOf(run, first) : subject.definition.name
  const names = groupNames(
    destination,
    jobValues(subject),
    staged.map(file => file.original),
    downloaded,
  )
  const group = staged.map(
    (file, index): NamedFile => ({
      staged: file.staged,
      path: names.paths[index] ?? file.original,
      bytes: file.bytes,
      sha256: file.sha256,
      crc32: file.crc32,
      rows: file.contents?.rows ?? null,
    }),
  )
  const text = markerText(group)
  const withMarker = names.marker === null ? group : [...group, markerFile(run, names.marker, text)]
  const { folder, onConflict } = destination
  const { former } = run.delivery
  const looking = { files, work, signal: run.signal }
  const again =
    former && (await planAgain(looking, former, group, withMarker[group.length] ?? null, destination))
  const decided = again ?? (await decideActions(files, work, folder, withMarker, onConflict, run.signal))
  const planned = decided.slice(0, group.length)
  const marker = names.marker === null ? null : await writeMarker(run, decided.at(-1) ?? null, planned)
  await files.syncFolder(run.staging.folder)
  const ownFolder = await ownFolderOf(run, planned)
  const plan: Plan = { files: planned, marker, ownFolder, warnings: names.warnings, placed: false }
  await run.journal({ kind: 'planned', plan }, `${planned.length} names are decided`)
  return plan
}

/** The folder that all files of a group go into and nothing else is in: it is not there yet. */
async function ownFolderOf(run: Run, planned: readonly PlannedFile[]): Promise<Plan['ownFolder']> {
  const { folder } = run.delivery.destination
  const paths = planned.map(file => relative(folder, file.final).split(sep))
  const [top] = paths[0] ?? []
  if (top === undefined || paths.some(path => path.length < 2 || path[0] !== top)) return null
  const final = join(folder, top)
  const isFree =
    planned.every(file => file.action === 'place') && (await run.world.files.look(final)) === null
  return isFree ? { staged: filesIn(run.staging).group, final } : null
}

/**
 * What cannot be published any more is made once more, from the download on. What is visible of the group stays, and is
 * not delivered twice (former.ts). The marker is ours to write again.
 */
async function lost(run: Run, plan: Plan, file: PlannedFile): Promise<void> {
  if (file === plan.marker) {
    for (const path of [run.staging.root, run.staging.folder]) await ensureFolder(run.world.files, path)
    await writeMarker(run, plan.marker, plan.files)
    return
  }
  const former = await formerOf(run.world.files, plan)
  await run.journal({ kind: 'staged-lost', former }, 'what was staged is not as it was made')
  throw new AppError('staged-changed', { facts: { folder: run.staging.root, file: basename(file.final) } })
}

/** The folder came to be there: the files go back to where they were staged, and are placed one by one. */
async function withoutOwnFolder(run: Run, plan: Plan): Promise<void> {
  const { ownFolder } = plan
  if (!ownFolder) return
  await unarrange(run.world.files, plan.files, ownFolder)
  await run.journal({ kind: 'replanned', plan: { ...plan, ownFolder: null } }, 'the folder was taken')
}

/**
 * A name was taken after it was planned. Nothing of the group is visible: it is planned anew. Otherwise this one file
 * gets a name of its own, or replaces, or waits, as the destination's policy for existing files says.
 */
async function replan(run: Run, plan: Plan, taken: PlannedFile): Promise<void> {
  const { files } = run.world
  const { onConflict } = run.delivery.destination
  if (!plan.placed && (await allStaged(run, plan))) {
    await run.journal({ kind: 'replanned', plan: null }, 'a name was taken')
    return
  }
  if (onConflict === 'fail') throw new AppError('conflict', { facts: { path: taken.final } })
  const changed: PlannedFile =
    onConflict === 'replace'
      ? { ...taken, action: 'replace' }
      : { ...taken, final: await freeName(files, taken.final) }
  const planned = plan.files.map(file => (file === taken ? changed : file))
  const marker = await writeMarker(run, plan.marker === taken ? changed : plan.marker, planned)
  const warnings: readonly WarningView[] =
    changed.final === taken.final
      ? plan.warnings
      : [...plan.warnings, { code: 'name-taken-late', facts: { from: taken.final, to: changed.final } }]
  await run.journal(
    { kind: 'replanned', plan: { ...plan, files: planned, marker, warnings } },
    'a name was taken',
  )
}

async function allStaged(run: Run, plan: Plan): Promise<boolean> {
  for (const file of plan.files) {
    if (file.action !== 'same' && (await run.world.files.look(file.staged)) === null) return false
  }
  return true
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** One line a file: SHA-256, bytes, path. The same files give the same bytes, so that they can be recognised. */
const markerText = (
  files: readonly { readonly sha256: string; readonly bytes: number; readonly path: string }[],
): string => files.map(({ sha256, bytes, path }) => `${sha256} ${bytes} ${path}\n`).join('')

const markerFile = (run: Run, path: string, text: string): NamedFile => ({
  staged: filesIn(run.staging).marker,
  path,
  bytes: Buffer.byteLength(text),
  sha256: digest(text),
  crc32: null,
  rows: null,
})

/** Writes the marker to staging, with the names that the files really get. */
async function writeMarker(
  run: Run,
  marker: PlannedFile | null,
  planned: readonly PlannedFile[],
): Promise<PlannedFile | null> {
  if (!marker) return null
  const { files } = run.world
  const { folder } = run.delivery.destination
  const text = markerText(
    planned.map(file => ({ ...file, path: relative(folder, file.final).split(sep).join('/') })),
  )
  await files.remove(marker.staged)
  const writer = await files.create(marker.staged)
  try {
    await writer.write(Buffer.from(text))
    await writer.sync()
  } finally {
    await writer.close()
  }
  await files.syncFolder(dirname(marker.staged))
  return { ...marker, bytes: Buffer.byteLength(text), sha256: digest(text) }
}

async function finish(run: Run, subject: Subject): Promise<void> {
  const { delivery, world } = run
  const { plan } = delivery
  if (!plan) return
  const warnings = [...delivery.warnings, ...plan.warnings]
  // What was visible before a group was made once more was delivered all the same, and by us.
  const { files } = plan
  const same = delivery.former === null && files.length > 0 && files.every(file => file.action === 'same')
  const outcome = same ? 'same-bytes' : warnings.length > 0 ? 'delivered-with-warnings' : 'delivered'
  // Asked again after a cut: what the receipt that is there says is not found anew.
  const there = await world.receipts.ofDelivery(delivery.id)
  const checks = there ? null : await world.checks.check({ delivery, plan, job: subject.job })
  const receipt =
    there ?? (await issueReceipt(world, { delivery, plan, warnings, outcome, checks, ...subject }))
  await run.journal({ kind: 'published', outcome, receiptId: receipt.id }, `receipt ${receipt.number}`)
}

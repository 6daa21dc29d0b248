import { dirname, join } from 'node:path'
import type { Destination } from '../../../preload/contract/types.ts'
import { AppError } from '../errors.ts'
import { type Files, fileError, systemCode } from './files.ts'
import type { Delivery, Staging } from './types.ts'

/**
 * Staging is on the destination's own volume, so that publishing is a rename: a hidden folder beside the destination,
 * or inside it where its parent is on another volume (a mounted share) or may not be written to. Never elsewhere.
 * It is named by profile, since several computers may deliver to one share: each clears up what is its own.
 */
export function stagingCandidates(
  realFolder: string,
  profileId: string,
  deliveryId: string,
): readonly Staging[] {
  const inFolder = (folder: string): Staging => {
    const root = join(folder, `.extract-desk-${profileId}`)
    return { root, folder: join(root, deliveryId), real: realFolder }
  }
  const parent = dirname(realFolder)
  return parent === realFolder ? [inFolder(realFolder)] : [inFolder(parent), inFolder(realFolder)]
}

/**
 * Whether files made beside a folder would get another group than those made in it. They keep the group that they were
 * made with: then staging is inside the folder. Lists of rights that a folder hands down (ACLs) cannot be asked for.
 */
async function givesGroups(files: Files, real: string): Promise<boolean> {
  const folders = [await files.look(real), await files.look(dirname(real)).catch(() => null)]
  return folders.some(folder => folder?.givesGroup)
}

export const filesIn = (staging: Staging) => ({
  downloads: join(staging.folder, 'downloads'),
  contents: join(staging.folder, 'contents'),
  aside: join(staging.folder, 'aside'),
  /** A group with a folder of its own, arranged. */
  group: join(staging.folder, 'group'),
  marker: join(staging.folder, 'marker'),
})

/** The destination without links. Throws `folder-missing`: a folder is never created, however it came to be missing. */
export async function realFolder(files: Files, folder: string): Promise<string> {
  try {
    const real = await files.real(folder)
    if ((await files.look(real))?.kind === 'folder') return real
  } catch (error) {
    throw fileError(error, folder)
  }
  throw new AppError('folder-missing', { facts: { folder } })
}

/**
 * Throws `folder-missing` where the destination's name leads to another folder than the one that was delivered to until
 * now: somebody has put a link there, or changed one. A part of a group in each of them would be whole in none.
 */
export async function refuseElsewhere(files: Files, staging: Staging, folder: string): Promise<void> {
  if (!leadsElsewhere(staging, await realFolder(files, folder))) return
  throw new AppError('folder-missing', { facts: { folder: staging.real ?? folder } })
}

export const leadsElsewhere = (staging: Staging | null, real: string): boolean =>
  staging?.real !== undefined && staging.real !== real

/**
 * Makes a delivery's staging folders, which is tried at each candidate; journals each before it is made. It is the
 * right one where a folder can be moved from there into the destination: that needs the same volume (two mounts of
 * one volume look the same and are not) and the right to write, neither of which can be asked for otherwise.
 */
export async function makeStaging(
  files: Files,
  delivery: Pick<Delivery, 'id'> & { readonly destination: Pick<Destination, 'folder'> },
  profileId: string,
  journal: (staging: Staging) => Promise<unknown>,
): Promise<Staging> {
  const { folder } = delivery.destination
  const real = await realFolder(files, folder)
  let refused: unknown = null
  const beside = stagingCandidates(real, profileId, delivery.id)
  const candidates = (await givesGroups(files, real)) ? beside.toReversed() : beside
  for (const staging of candidates) {
    await journal(staging)
    try {
      await makeFolders(files, staging)
      await probe(files, staging, real)
      return staging
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS', 'EXDEV'].includes(systemCode(error) ?? ''))
        throw fileError(error, folder)
      refused = error
      await removeStaging(files, staging, real).catch(() => {})
    }
  }
  throw fileError(refused, folder)
}

async function makeFolders(files: Files, staging: Staging): Promise<void> {
  const { downloads, contents, aside } = filesIn(staging)
  for (let tries = 1; ; tries += 1) {
    await ensureFolder(files, staging.root)
    try {
      await ensureFolder(files, staging.folder)
      break
    } catch (error) {
      // Another process has just removed the last that it had in there, and the profile's folder with it.
      if (systemCode(error) !== 'ENOENT' || tries === mostTries) throw error
    }
  }
  for (const path of [downloads, contents, aside]) await ensureFolder(files, path)
}
/** How often the profile's folder may go while something is made in it, before that is told. */
const mostTries = 20

/** A folder that may be there already. */
export async function ensureFolder(files: Files, path: string): Promise<void> {
  try {
    await files.makeFolder(path)
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
  }
}

async function probe(files: Files, staging: Staging, real: string): Promise<void> {
  const from = join(staging.folder, 'probe')
  const to = probePath(staging, real)
  await ensureFolder(files, from)
  // One that a crash left is in the way on Windows.
  await files.removeTree(to)
  await files.rename(from, to)
  await files.removeTree(to)
}

/** Hidden, and a folder, so that nobody takes it for a file that was delivered. */
const probePath = (staging: Staging, real: string): string =>
  join(real, `.extract-desk-probe-${staging.folder.slice(staging.root.length + 1)}`)

/** Whether a delivery's staging is there: somebody may have cleared it away. */
export async function hasStaging(files: Files, staging: Staging | null): Promise<boolean> {
  return staging !== null && (await files.look(staging.folder))?.kind === 'folder'
}

/** Removes all that a delivery left behind; the profile's folder goes with the last of them. */
export async function removeStaging(files: Files, staging: Staging, real: string | null): Promise<void> {
  if (real !== null) await files.removeTree(probePath(staging, real))
  await files.removeTree(staging.folder)
  await files.removeEmptyFolder(staging.root)
}

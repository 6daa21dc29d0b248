import { AppError } from '../errors.ts'
import type { Files } from './files.ts'

/** Throws `no-space` where a volume has not room for so many bytes and a tenth more; what it does not say is tried. */
export async function needSpace(files: Files, staging: string, folder: string, bytes: number): Promise<void> {
  const freeBytes = await files.space(staging)
  const neededBytes = Math.ceil(bytes * 1.1)
  if (freeBytes !== null && freeBytes < neededBytes) {
    throw new AppError('no-space', { facts: { folder, neededBytes, freeBytes } })
  }
}

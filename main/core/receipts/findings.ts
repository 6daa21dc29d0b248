import type { FileFinding, ReceiptFile } from '../../../preload/contract/types.ts'
import type { FileWork } from '../deliveries/file-work.ts'
import { type Files, systemCode } from '../deliveries/files.ts'

type FindingsWorld = { readonly files: Pick<Files, 'look'>; readonly work: Pick<FileWork, 'hash'> }

/** Where delivered files are now: hashed again, one after the other, so that a slow share is not asked for all at once. */
export async function findingsOf(
  world: FindingsWorld,
  files: readonly Pick<ReceiptFile, 'path' | 'bytes' | 'sha256'>[],
): Promise<readonly FileFinding[]> {
  const findings: FileFinding[] = []
  for (const file of files) findings.push({ path: file.path, found: await findingOf(world, file) })
  return findings
}

async function findingOf(
  { files, work }: FindingsWorld,
  { path, bytes, sha256 }: Pick<ReceiptFile, 'path' | 'bytes' | 'sha256'>,
): Promise<FileFinding['found']> {
  try {
    const there = await files.look(path)
    if (there === null) return 'missing'
    if (there.kind !== 'file' || there.bytes !== bytes) return 'changed'
    const now = await work.hash(path, { signal: new AbortController().signal, onProgress: () => {} })
    return now.sha256 === sha256 ? 'there' : 'changed'
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? 'missing' : 'unreachable'
  }
}

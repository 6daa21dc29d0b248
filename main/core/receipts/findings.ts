import type { FileFinding, ReceiptFile } from '../../../preload/contract/receipts.ts'
import type { FileWork } from '../deliveries/file-work.ts'
import { type Files, systemCode } from '../deliveries/files.ts'

export type FindingsWorld = { readonly files: Pick<Files, 'look'>; readonly work: Pick<FileWork, 'hash'> }
type DeliveredFile = Pick<ReceiptFile, 'path' | 'bytes' | 'sha256'>

/** Where delivered files are now: hashed again, one after the other, so that a slow share is not asked for all at once. */
export async function findingsOf(
  world: FindingsWorld,
  files: readonly DeliveredFile[],
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly FileFinding[]> {
  const findings: FileFinding[] = []
  for (const file of files)
    findings.push({ path: file.path, found: await findingOf(world, file.path, file, signal) })
  return findings
}

/** What stands at a path, beside what was delivered. */
export async function findingOf(
  { files, work }: FindingsWorld,
  path: string,
  { bytes, sha256 }: DeliveredFile,
  signal: AbortSignal,
): Promise<'there' | 'changed' | 'missing' | 'unreachable'> {
  try {
    const there = await files.look(path)
    if (there === null) return 'missing'
    if (there.kind !== 'file' || there.bytes !== bytes) return 'changed'
    const now = await work.hash(path, { signal, onProgress: () => {} })
    return now.sha256 === sha256 ? 'there' : 'changed'
  } catch (error) {
    signal.throwIfAborted()
    return systemCode(error) === 'ENOENT' ? 'missing' : 'unreachable'
  }
}

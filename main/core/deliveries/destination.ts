import type { Destination } from '../../../preload/contract/types.ts'

/** Whether two destinations would be delivered to in the same way. */
export function sameDestination(a: Destination, b: Destination | null): boolean {
  return (
    b !== null &&
    a.folder === b.folder &&
    a.name === b.name &&
    a.onConflict === b.onConflict &&
    a.unzip === b.unzip &&
    a.keepArchive === b.keepArchive &&
    a.archiveNames === b.archiveNames &&
    a.allowEmpty === b.allowEmpty &&
    a.acceptFewerRows === b.acceptFewerRows &&
    a.marker === b.marker
  )
}

import type { Destination } from '../../../preload/contract/types.ts'

/** A destination as it is offered first: the system's own names, nothing overwritten, archives unpacked. */
export const newDestination = (folder: string): Destination => ({
  folder,
  name: '{original}{ext}',
  onConflict: 'keep-both',
  unzip: true,
  keepArchive: false,
  archiveNames: 'standard',
  allowEmpty: false,
  acceptFewerRows: false,
  marker: null,
})

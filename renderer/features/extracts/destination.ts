import type { Destination } from '../../../preload/contract/types.ts'

/** A destination as it is offered first: the names of the settings, nothing overwritten, archives unpacked. */
export const newDestination = (folder: string, name: string): Destination => ({
  folder,
  name,
  onConflict: 'keep-both',
  unzip: true,
  keepArchive: false,
  archiveNames: 'standard',
  allowEmpty: false,
  acceptFewerRows: false,
  marker: null,
})

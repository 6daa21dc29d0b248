import AdmZip from 'adm-zip'
import type { Packer } from '../core/receipts/exports.ts'

/** The port Packer by adm-zip, which has the whole archive in memory: for papers, not for extracts. */
export const zipPacker: Packer = {
  pack(files) {
    const archive = new AdmZip()
    for (const { name, bytes } of files) archive.addFile(name, Buffer.from(bytes))
    return archive.toBufferPromise()
  },
}

import { AppError } from '../core/errors.ts'
import { receiptId } from '../core/ids.ts'
import type { Handlers } from './handlers.ts'

export const receipts: Handlers<'receipts'> = {
  show: ({ desk }, id) => desk.receipts.show(receiptId(id)),
  verify: ({ desk }, id) => desk.receipts.verify(receiptId(id)),
  // The window names a receipt and a number; the path comes from the receipt alone.
  showInFolder: async ({ desk, native }, id, fileIndex) => {
    const receipt = await desk.receipts.show(receiptId(id))
    const file = receipt.files[fileIndex]
    if (file === undefined) throw new AppError('not-found', { facts: { receipt: id } })
    native.showInFolder(file.path)
  },
  review: ({ desk }, id) => desk.receipts.review(receiptId(id)),
  checkChain: ({ desk }) => desk.receipts.checkChain(),
  save: async ({ desk, native }, ids, format) => {
    const { name, bytes } = await desk.receipts.export(ids.map(receiptId), format)
    return native.saveFile(name, bytes)
  },
}

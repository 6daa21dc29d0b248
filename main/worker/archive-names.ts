import yauzl from 'yauzl'
import type { NameCodePage } from '../../preload/contract/words.ts'

/** Says that the name is in UTF-8. */
export const utf8Flag = 0x0800
/** The extra field that has the name once more, in UTF-8. */
export const unicodePath = 0x7075

type NamedEntry = Pick<yauzl.Entry, 'generalPurposeBitFlag' | 'fileNameRaw' | 'extraFields'>

export type ArchiveName = {
  /** With `/` between folders. */
  readonly path: string
  /** It has characters that nobody puts into a name: it is probably written in another code page. */
  readonly doubtful: boolean
}

/**
 * The name of an entry. Where the archive itself says that it is UTF-8, that holds; everything else is code page 437
 * by the book (APPNOTE, appendix D), and in truth whatever the system that wrote it uses: so that can be chosen.
 */
export function archiveName(entry: NamedEntry, codePage: NameCodePage): ArchiveName {
  const { generalPurposeBitFlag: flags, fileNameRaw: raw, extraFields } = entry
  const path = yauzl.getFileNameLowLevel(flags, raw, extraFields, false)
  const isSaid = (flags & utf8Flag) !== 0 || extraFields.some(field => unicodeName(field) === path)
  if (isSaid || raw.every(byte => byte < 0x80)) return { path, doubtful: path.includes('\ufffd') }
  // The letters of code page 437 are Latin. Its lines, blocks and Greek signs are what other code pages turn into.
  if (codePage === 'standard') return { path, doubtful: /[^\p{ASCII}\p{Script=Latin}]/u.test(path) }
  const decoded = decode(raw, codePage)
  return { path: decoded.replaceAll('\\', '/'), doubtful: /[\ufffd\p{Co}\p{Cc}]/u.test(decoded) }
}

/** Its version and a checksum come first. Whether that is right was decided by yauzl. */
const unicodeName = ({ id, data }: yauzl.Entry['extraFields'][number]): string | null =>
  id === unicodePath ? data.subarray(5).toString('utf8').replaceAll('\\', '/') : null

/**
 * 0x80 to 0xff. TextDecoder knows no code page of DOS but 866, and Node's takes Windows-1252 for Latin-1: its letters
 * from 0x80 to 0x9f would be control characters.
 */
const cp850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
  'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
  '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀' +
  'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'

const windows1252 =
  '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ' +
  String.fromCharCode(...Array.from({ length: 96 }, (_, index) => 0xa0 + index))

const tables: Partial<Record<NameCodePage, string>> = { cp850, 'windows-1252': windows1252 }

function decode(raw: Uint8Array, codePage: NameCodePage): string {
  const table = tables[codePage]
  if (table === undefined) return new TextDecoder(codePage).decode(raw)
  return Array.from(raw, byte => (byte < 0x80 ? String.fromCharCode(byte) : table.charAt(byte - 0x80))).join(
    '',
  )
}

import { describe, expect, it } from 'vitest'
import { usualRules } from '../../../main/core/deliveries/file-work.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import type { NameCodePage } from '../../../preload/contract/words.ts'
import { nameCodePages } from '../../../preload/contract/words.ts'
import { memoryFiles } from '../../fakes/memory-files.ts'
import { type ZipPart, zipBytes } from '../../fakes/zip-bytes.ts'

async function read(part: ZipPart, names: NameCodePage): Promise<readonly [string, boolean] | undefined> {
  const files = memoryFiles()
  files.put('/a.zip', zipBytes([part]))
  const options = { signal: new AbortController().signal, onProgress: () => {} }
  const [entry] = await createFileWork(files).survey('/a.zip', { ...usualRules, names }, options)
  return entry && [entry.path, entry.nameDoubtful]
}

const written = (...bytes: number[]): ZipPart => ({ name: Buffer.from(bytes), flags: 0 })

describe('a name that does not say how it is written', () => {
  const cases: readonly (readonly [NameCodePage, ZipPart, string])[] = [
    ['standard', written(0x81, 0x62, 0x65, 0x72), 'über'],
    ['windows-1252', written(0xdc, 0x80, 0xdf), 'Ü€ß'],
    ['cp850', written(0x9a, 0xd5, 0xff, 0xe1), 'Üı\u00a0ß'],
    ['shift_jis', written(0x8c, 0x6f, 0x94, 0xef), '経費'],
    ['euc-kr', written(0xba, 0xf1, 0xbf, 0xeb), '비용'],
    ['gbk', written(0xb7, 0xd1, 0xd3, 0xc3), '费用'],
    ['big5', written(0xb6, 0x4f, 0xa5, 0xce), '費用'],
  ]
  it.each(cases)('is read in %s', async (codePage, part, name) => {
    expect(await read(part, codePage)).toEqual([name, false])
  })

  it('has a backslash only where its code page has one', async () => {
    // 0x5c is the second half of 表 in Shift JIS, and the separator of some writers by itself.
    expect(await read(written(0x95, 0x5c, 0x5c, 0x61), 'shift_jis')).toEqual(['表/a', false])
  })

  it('is doubtful where it has what nobody puts into a name', async () => {
    expect(await read(written(0xdc, 0x62), 'standard')).toEqual(['▄b', true])
    expect(await read({ name: Buffer.from('ä'), flags: 0 }, 'standard')).toEqual(['├ñ', true])
    expect(await read(written(0x8c, 0x6f, 0x94, 0xef), 'standard')).toEqual(['îoö∩', true])
    expect(await read(written(0x62, 0xff), 'gbk')).toEqual([expect.stringMatching(/^b.$/u), true])
    expect(await read(written(0x81), 'windows-1252')).toEqual(['\ufffd', true])
  })
})

it.each(nameCodePages)(
  'a name that says that it is UTF-8, or is plain, is the same in %s',
  async codePage => {
    expect(await read({ name: 'Größe 費用.txt' }, codePage)).toEqual(['Größe 費用.txt', false])
    expect(await read({ name: 'a.txt', flags: 0 }, codePage)).toEqual(['a.txt', false])
  },
)

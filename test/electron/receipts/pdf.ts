import { inflateSync } from 'node:zlib'

/** What a PDF of Chromium holds, read from its own bytes: enough of the format for that, and no more. */
export type ReadPdf = {
  readonly pages: number
  /** Points. */
  readonly size: readonly [width: number, height: number]
  /** The text as it can be selected. */
  readonly text: string
}

export function readPdf(bytes: Buffer): ReadPdf {
  const source = bytes.toString('latin1')
  const objects = new Map(
    [...source.matchAll(/(\d+) 0 obj\s*([\s\S]*?)endobj/g)].map(([, id, body]) => [id ?? '', body ?? '']),
  )
  const bodies = [...objects.values()]
  const pages = bodies.filter(body => /\/Type \/Page\b(?!s)/.test(body))
  const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pages[0] ?? '')
  const text = pages.map(page => textOf(page, objects)).join('\n')
  return { pages: pages.length, size: [Number(box?.[1]), Number(box?.[2])], text }
}

function textOf(page: string, objects: ReadonlyMap<string, string>): string {
  const fonts = new Map(
    [...page.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id ?? '') ?? '')?.[1]
      return [name ?? '', charactersOf(streamOf(objects.get(unicode ?? '') ?? ''))]
    }),
  )
  const content = streamOf(objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '') ?? '')
  let font: ReadonlyMap<number, string> = new Map()
  let text = ''
  for (const [, name, glyphs, end] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-F]*)> Tj|\b(ET)\b/g)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map()
    for (const [glyph] of (glyphs ?? '').matchAll(/.{4}/g)) text += font.get(Number.parseInt(glyph, 16)) ?? ''
    if (end !== undefined) text += '\n'
  }
  return text
}

/** A CMap: which character a glyph stands for. */
function charactersOf(cmap: string): ReadonlyMap<number, string> {
  const characters = new Map<number, string>()
  for (const [, block] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph, unicode] of (block ?? '').matchAll(/<(\w+)> <(\w+)>/g))
      characters.set(Number.parseInt(glyph ?? '', 16), utf16(unicode ?? ''))
  for (const [, block] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, to, unicode] of (block ?? '').matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      const first = Number.parseInt(from ?? '', 16)
      const start = Number.parseInt(unicode ?? '', 16)
      for (let glyph = first; glyph <= Number.parseInt(to ?? '', 16); glyph += 1)
        characters.set(glyph, String.fromCodePoint(start + glyph - first))
    }
  return characters
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')

function streamOf(body: string): string {
  const start = /stream\r?\n/.exec(body)
  const length = /\/Length (\d+)\b/.exec(body)?.[1]
  if (start === null || length === undefined) return ''
  const at = start.index + start[0].length
  const bytes = Buffer.from(body.slice(at, at + Number(length)), 'latin1')
  return (body.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1')
}

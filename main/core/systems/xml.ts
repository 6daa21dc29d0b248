import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { AppError } from '../errors.ts'

/** An element by its local name: systems disagree on prefixes and namespaces, and never on names. */
export type XmlElement = {
  readonly name: string
  /** Its own text with the five predefined and the numeric references resolved; not that of its children. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

const textNode = '#text'
const cdataNode = '#cdata'
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: cdataNode,
})

/**
 * Reads a whole XML document. Throws `answer-not-understood` for anything that is not well-formed (a list that was cut
 * would otherwise pass for a shorter list), and for any DOCTYPE: no system here sends one, entities of a document's
 * own are a known way to exhaust memory or read files, and a web page in place of an answer begins with one.
 */
export function parseXml(text: string): XmlElement {
  const document = text.trim()
  if (/<!doctype/i.test(document)) throw notXml('doctype')
  const roots = elementsOf(parsed(document))
  const [root, second] = roots
  if (!root || second) throw notXml('root')
  return root
}

const notXml = (why: string, cause?: unknown) =>
  new AppError('answer-not-understood', { facts: { format: 'xml', why }, cause })

function parsed(document: string): unknown {
  try {
    // The parser alone is lenient: it takes unclosed elements for closed ones.
    const valid = XMLValidator.validate(document)
    if (valid !== true) throw new Error(valid.err.msg)
    return parser.parse(document)
  } catch (cause) {
    throw notXml('not-well-formed', cause)
  }
}

/** The parser's ordered form: a list of objects with one key each, the element's name or the kind of text. */
function elementsOf(nodes: unknown): XmlElement[] {
  return entriesOf(nodes).flatMap(([name, content]) =>
    name === textNode || name === cdataNode
      ? []
      : [{ name, text: textOf(content), children: elementsOf(content) }],
  )
}

function textOf(nodes: unknown): string {
  return entriesOf(nodes)
    .map(([name, content]) => {
      if (name === textNode) return resolved(String(content))
      return name === cdataNode
        ? entriesOf(content)
            .map(([, text]) => String(text))
            .join('')
        : ''
    })
    .join('')
}

function entriesOf(nodes: unknown): (readonly [string, unknown])[] {
  return Array.isArray(nodes) ? nodes.flatMap(node => Object.entries(node as object)) : []
}

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** One pass, so that `&amp;lt;` stays `&lt;`. A reference that XML does not know by itself stays as it came. */
function resolved(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return predefined[name] ?? whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}

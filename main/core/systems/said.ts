import { isAppError } from '../errors.ts'
import { parseXml, type XmlElement } from './xml.ts'

/**
 * A system's own words out of the body of a failed exchange: the message of an error in XML or JSON, of whatever
 * shape, the title of a web page (gateways and proxies answer with one), or the text itself. Empty where there is
 * nothing to read. Not masked and not bounded: the caller does both.
 */
export function saidIn(body: string): string {
  const text = body.trim()
  if (/^(?:<!doctype html|<html)/i.test(text)) return oneLine(/<title[^<>]*>([^<]*)/i.exec(text)?.[1] ?? '')
  if (text.startsWith('<')) return oneLine(saidInXml(text))
  if (text.startsWith('{') || text.startsWith('[')) return oneLine(saidInJson(text))
  return oneLine(text)
}

/** One line: what is shown and logged has no use for a server's line ends and control characters. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()

function saidInXml(text: string): string {
  try {
    const root = parseXml(text)
    return wholeText(find(root, /^(?:error)?message$/i) ?? root)
  } catch (error) {
    if (isAppError(error)) return ''
    throw error
  }
}

/** Concur nests its error below StatusCode and Content, and its Message may hold elements in place of text. */
function find(element: XmlElement, name: RegExp): XmlElement | null {
  if (name.test(element.name)) return element
  return element.children.reduce<XmlElement | null>((found, child) => found ?? find(child, name), null)
}

const wholeText = (element: XmlElement): string =>
  [element.text, ...element.children.map(wholeText)].join(' ')

function saidInJson(text: string): string {
  try {
    return messageOf(JSON.parse(text), 0)
  } catch {
    return ''
  }
}

const messageKeys = ['error_description', 'message', 'error', 'errors']

/** `{"Error":{"Message"}}`, `{"error":{"id","message"}}`, `{"error","error_description"}`: the first that has text. */
function messageOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth > 4) return ''
  if (Array.isArray(value)) return messageOf(value[0], depth + 1)
  const entries = Object.entries(value)
  return messageKeys
    .flatMap(key => entries.filter(([name]) => name.toLowerCase() === key))
    .reduce((found, [, inner]) => found || messageOf(inner, depth + 1), '')
}

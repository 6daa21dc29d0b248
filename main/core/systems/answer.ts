import { TextDecoder } from 'node:util'
import { AppError } from '../errors.ts'
import type { HttpAnswer } from '../ports.ts'

/**
 * The whole body as text, in the charset of its Content-Type, UTF-8 where none or an unknown one is named.
 * Throws `answer-too-large` as soon as it is larger than `limit` bytes: the rest is not received.
 */
export async function readText(answer: HttpAnswer, limit: number): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of answer.body) {
    bytes += part.byteLength
    if (bytes > limit) throw new AppError('answer-too-large', { facts: { limit } })
    parts.push(part)
  }
  return decoder(answer.headers['content-type'] ?? '').decode(Buffer.concat(parts))
}

/**
 * The beginning of a body that explains a failure. Never throws: the status is known, and words that were cut off or
 * are too long must not hide it.
 */
export async function readExplanation(answer: HttpAnswer, limit: number): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const part of answer.body) {
      parts.push(part)
      bytes += part.byteLength
      if (bytes >= limit) break
    }
  } catch {}
  return decoder(answer.headers['content-type'] ?? '').decode(Buffer.concat(parts).subarray(0, limit))
}

function decoder(contentType: string): TextDecoder {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder('utf-8')
  }
}

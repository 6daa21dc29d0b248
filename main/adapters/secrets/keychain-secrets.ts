import { createHash } from 'node:crypto'
import { AppError, isAppError } from '../../core/errors.ts'
import type { SecretBundle, Secrets } from '../../core/ports.ts'
import type { Keychain } from './keychain.ts'

/**
 * The port Secrets in the OS keychain: a bundle as JSON under its account.
 *
 * Windows takes at most 2,560 bytes of UTF-16 for one entry, and a token can be longer, so a long text is cut:
 *
 *   account      {"parts":3,"set":"a","sha256":"…"}     written last: until then the old value stands
 *   account#a1, #a2, #a3                                the text, in pieces
 *
 * A new value takes the other set of pieces (`b`), then the head changes over, then the old pieces go. A cut in between
 * leaves the old or the new value, never a mixture; pieces left over are removed by the next write or delete.
 *
 * What was written is read back: a keychain of a computer that is made anew each day (VDI) may take a value and keep
 * nothing. `set` then throws `keychain-forgets`.
 */
export class KeychainSecrets implements Secrets {
  readonly #keychain: Keychain
  #last: Promise<unknown> = Promise.resolve()
  #outage: { readonly error: AppError } | null = null

  constructor(keychain: Keychain) {
    this.#keychain = keychain
  }

  get(account: string): Promise<SecretBundle | null> {
    return this.#inTurn(() => this.#read(account))
  }

  set(account: string, secrets: SecretBundle): Promise<void> {
    return this.#inTurn(async () => {
      const text = asciiJson(secrets)
      await this.#write(account, text)
      if (!(await this.#holds(account, text))) throw new AppError('keychain-forgets')
    })
  }

  delete(account: string): Promise<void> {
    return this.#inTurn(async () => {
      // The head last, so that a delete that was cut can be repeated.
      await this.#removePieces(account, 'a')
      await this.#removePieces(account, 'b')
      await this.#keychain.delete(account)
    })
  }

  async health(): Promise<'ok' | 'unavailable'> {
    try {
      await this.#inTurn(() => this.#keychain.get('health'))
      return 'ok'
    } catch (error) {
      if (isAppError(error, 'keychain-unavailable')) return 'unavailable'
      throw error
    }
  }

  /**
   * One after the other: of two writes of one account the later one stands, whole. Where the keychain does not answer,
   * those that wait in line are told at once, instead of each waiting for it anew.
   */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#outage
    const turn = async () => {
      if (this.#outage !== null && this.#outage !== before) throw this.#outage.error
      try {
        return await work()
      } catch (error) {
        if (isAppError(error, 'keychain-unavailable')) this.#outage = { error }
        throw error
      }
    }
    const result = this.#last.then(turn)
    this.#last = result.catch(() => {})
    return result
  }

  async #read(account: string): Promise<SecretBundle | null> {
    // Another process may write meanwhile; then its head says so, and it is read again.
    for (let attempt = 1; attempt <= readAttempts; attempt += 1) {
      const head = await this.#keychain.get(account)
      if (head === null) return null
      const value = parse(head)
      if (!isCut(value)) return bundleOf(value)
      const text = await this.#readPieces(account, value)
      if (text !== null) return bundleOf(parse(text))
    }
    throw unreadable()
  }

  async #holds(account: string, text: string): Promise<boolean> {
    try {
      const found = await this.#read(account)
      return found !== null && asciiJson(found) === text
    } catch (error) {
      if (isAppError(error, 'secrets-missing')) return false
      throw error
    }
  }

  async #readPieces(account: string, { parts, set, sha256 }: Cut): Promise<string | null> {
    let text = ''
    for (let part = 1; part <= parts; part += 1)
      text += (await this.#keychain.get(piece(account, set, part))) ?? ''
    return digest(text) === sha256 ? text : null
  }

  async #write(account: string, text: string): Promise<void> {
    const head = await this.#keychain.get(account)
    const oldSet = head === null ? null : setOf(head)
    const set = oldSet === 'a' ? 'b' : 'a'
    await this.#removePieces(account, set)
    if (text.length <= pieceLength) {
      await this.#keychain.set(account, text)
    } else {
      const pieces = text.match(new RegExp(`.{1,${pieceLength}}`, 'g')) ?? []
      for (const [index, content] of pieces.entries()) {
        await this.#keychain.set(piece(account, set, index + 1), content)
      }
      await this.#keychain.set(account, JSON.stringify({ parts: pieces.length, set, sha256: digest(text) }))
    }
    if (oldSet !== null) await this.#removePieces(account, oldSet)
  }

  /** From the last to the first, so that those that a cut leaves are still found by counting from one. */
  async #removePieces(account: string, set: PieceSet): Promise<void> {
    let count = 0
    while ((await this.#keychain.get(piece(account, set, count + 1))) !== null) count += 1
    for (let part = count; part >= 1; part -= 1) await this.#keychain.delete(piece(account, set, part))
  }
}

// 2,560 bytes are 1,280 units of UTF-16; Keychain and Secret Service take as much and more.
const pieceLength = 1_200
const readAttempts = 3

type PieceSet = 'a' | 'b'
type Cut = { readonly parts: number; readonly set: PieceSet; readonly sha256: string }

const piece = (account: string, set: PieceSet, part: number) => `${account}#${set}${part}`

/** The set of pieces that a head stands for; null where it stands for none, whatever else it is. */
function setOf(head: string): PieceSet | null {
  try {
    const value = parse(head)
    return isCut(value) ? value.set : null
  } catch {
    return null
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

function isCut(value: unknown): value is Cut {
  // A bundle holds texts only, so a number cannot be one of its secrets.
  return typeof value === 'object' && value !== null && 'parts' in value && typeof value.parts === 'number'
}

/** JSON in ASCII, which can be cut anywhere and counts alike in every keychain. */
function asciiJson(secrets: SecretBundle): string {
  return JSON.stringify(secrets).replace(
    /[^\x20-\x7e]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function bundleOf(value: unknown): SecretBundle {
  if (typeof value !== 'object' || value === null) throw unreadable()
  const entries = Object.entries(value)
  if (!entries.every(([, secret]) => typeof secret === 'string')) throw unreadable()
  return Object.fromEntries(entries)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not the parser's own error: it quotes the text.
    throw unreadable()
  }
}

/** Something else wrote this entry, or it was damaged: sign in again. */
const unreadable = () => new AppError('secrets-missing', { facts: { reason: 'unreadable' } })

/**
 * What keeps a chain of hashes from being shortened or written anew: its head is authenticated with a key that is in
 * the keychain and not in the database (HMAC-SHA-256), and the keychain notes the head too, since an older seal is a
 * good seal: whoever kept a copy of the database could put it back.
 *
 *   1 write transaction:  receipt n  +  seal of head n   (the key was read before)
 *   then, if it succeeds: the keychain notes head n
 *
 * Cut before the transaction: nothing happened. Cut after it: the seal is ahead of the note, and both are good; the
 * note says what must be there at least. Several processes may note their heads in another order; it stays true.
 *
 * Without a key the chain goes on without a seal. The next receipt that has one seals all of them, and remembers in
 * the seal which ones nobody vouched for meanwhile: every one, where a lost key was replaced.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { canonicalJson } from './chain.ts'
import type { ChainLink, NumberRange, Seal, StoredChain, Vouched } from './types.ts'

/** The profile's key, with what it vouched for last as the keychain noted it (null: nothing yet). */
export type SealKey = { readonly secret: string; readonly noted: Vouched | null }

/** Names a key without telling it. */
export const keyIdOf = (secret: string): string =>
  createHash('sha256').update(`extract-desk receipts key ${secret}`).digest('hex').slice(0, 16)

function macOf({ head, unproven }: Vouched, secret: string): string {
  const { id, number, hash } = head
  const text = canonicalJson({ purpose: 'extract-desk receipts head', id, number, hash, unproven })
  return createHmac('sha256', secret).update(text).digest('hex')
}

/** The seal of a head. */
export const sealed = (vouched: Vouched, { secret }: SealKey): Seal => ({
  ...vouched,
  keyId: keyIdOf(secret),
  mac: macOf(vouched, secret),
})

function holds(seal: Seal, { secret }: SealKey): boolean {
  const made = Buffer.from(macOf(seal, secret))
  const found = Buffer.from(seal.mac)
  return seal.keyId === keyIdOf(secret) && made.length === found.length && timingSafeEqual(made, found)
}

/**
 * What a key vouches for. Null: it has not sealed anything yet, so it can say nothing. `forged`: it has, and the seal
 * that is there now is not its own, so that beyond what the keychain noted nothing can be believed.
 */
export function vouchedBy(key: SealKey, seal: Seal | null): (Vouched & { readonly forged: boolean }) | null {
  const { noted } = key
  if (seal && holds(seal, key)) {
    const { head, unproven } = noted && noted.head.number >= seal.head.number ? noted : seal
    return { head, unproven, forged: false }
  }
  return noted && { ...noted, forged: true }
}

/**
 * What the next receipt follows: the chain's end. Where the end is not what was vouched for, it follows that instead,
 * with a number behind both: what was removed or written anew stays visible for ever, whatever is sealed later.
 */
function followed({ end, hashAt }: StoredChain, head: ChainLink | undefined): ChainLink | null {
  if (!head || hashAt(head.number) === head.hash) return end
  return { ...head, number: Math.max(head.number, end?.number ?? 0) }
}

/** Puts the next entry, receipt or review, and its seal onto a chain. Without a key the seal that is there stays. */
export function extended<E extends ChainLink>(
  stored: StoredChain,
  key: SealKey | null,
  build: (previous: ChainLink | null) => E,
): { readonly entry: E; readonly seal: Seal | null } {
  const vouched = key && vouchedBy(key, stored.seal)
  const previous = followed(stored, key ? vouched?.head : stored.seal?.head)
  const entry = build(previous)
  if (!key) return { entry, seal: stored.seal }
  const { id, number, hash } = entry
  const known = vouched ?? { head: { number: 0 }, unproven: [] }
  const unproven = withRange(known.unproven, { from: known.head.number + 1, to: previous?.number ?? 0 })
  return { entry, seal: sealed({ head: { id, number, hash }, unproven }, key) }
}

/** Ranges in order, with one more behind them; none where that is empty. */
function withRange(ranges: readonly NumberRange[], { from, to }: NumberRange): readonly NumberRange[] {
  if (to < from) return ranges
  const last = ranges.at(-1)
  if (last?.to !== from - 1) return [...ranges, { from, to }]
  return [...ranges.slice(0, -1), { from: last.from, to }]
}

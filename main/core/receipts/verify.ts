import type {
  ChainFinding,
  ChainState,
  ChainView,
  Unproven,
  VerifyView,
} from '../../../preload/contract/receipts.ts'
import { checkChain } from './chain.ts'
import type { Proof, SealedReceipts } from './sealed-receipts.ts'
import type { ChainLink, NumberRange, Receipt } from './types.ts'

/** How many findings of a chain are shown; where more is wrong, these say it well enough. */
const mostShown = 100

export type CheckedChain = {
  readonly receipts: number
  readonly findings: readonly ChainFinding[]
  readonly proof: Proof
}

/** Walks the whole chain, from its first receipt to where it is known to have come to. */
export async function checkWhole(receipts: SealedReceipts): Promise<CheckedChain> {
  const proof = await receipts.proof()
  let count = 0
  async function* counted() {
    for await (const line of receipts.lines({ from: 1, to: proof.end?.number ?? 0 })) {
      if (line.kind === 'receipt') count += 1
      yield line
    }
  }
  const findings = await checkChain(counted(), headOf(proof))
  return { receipts: count, findings: [...findings, ...unsealed(proof)], proof }
}

export function chainView({ receipts, findings, proof }: CheckedChain): ChainView {
  const why = whyUnproven(proof)
  const unproven = Math.min(receipts, unprovenCount(proof))
  return {
    receipts,
    findings: findings.slice(0, mostShown),
    found: findings.length,
    unproven: unproven > 0 ? { receipts: unproven, why } : null,
  }
}

/** How one receipt stands: in itself, with the one before it, and by all that follow to the head of the chain. */
export async function chainOf(
  receipts: SealedReceipts,
  receipt: Receipt,
): Promise<Pick<VerifyView, 'chain' | 'chainAt' | 'unproven'>> {
  const proof = await receipts.proof()
  const head = headOf(proof)
  // What came after the head is proven by nothing but its link to the head.
  const from = Math.min(receipt.number, head?.number ?? receipt.number)
  const before = await lineBefore(receipts, { id: receipt.id, number: from, hash: receipt.hash })
  const to = Math.max(proof.end?.number ?? 0, receipt.number)
  const findings = await checkChain(receipts.lines({ from, to }), head, before)
  const all = [...findings, ...unsealed(proof)].filter(({ number }) => number >= from - 1)
  const own = all.find(finding => finding.number === receipt.number)
  const worst = own ?? all[0]
  if (worst) return { chain: stateBy(worst, receipt), chainAt: worst.number, unproven: null }
  const unproven = isUnproven(proof, receipt.number) ? whyUnproven(proof) : null
  return { chain: unproven ? 'ok-unproven' : 'ok', chainAt: null, unproven }
}

/** A later receipt that was changed breaks the chain for this one: it cannot be followed to its head. */
const stateBy = ({ kind, number }: ChainFinding, receipt: Receipt): ChainState =>
  kind === 'receipt-changed' && number !== receipt.number ? 'chain-broken' : kind

/** The line in front of a number. Where it is missing, whatever has the next lower number: the walk tells of the gap. */
async function lineBefore(receipts: SealedReceipts, link: ChainLink): Promise<ChainLink | null> {
  if (link.number === 1) return null
  const before = link.number - 1
  for await (const line of receipts.lines({ from: before, to: before })) return line
  return before === 1 ? null : { ...link, number: before - 1 }
}

const headOf = ({ vouched }: Proof) => (typeof vouched === 'string' ? null : vouched.head)

/** Where somebody put another seal into the place of ours, what is beyond the keychain's note is not ours either. */
function unsealed({ vouched, end }: Proof): readonly ChainFinding[] {
  if (typeof vouched === 'string' || !vouched.forged || !end || end.number <= vouched.head.number) return []
  return [{ kind: 'chain-broken', number: end.number, receiptId: end.id }]
}

const whyUnproven = ({ vouched }: Proof): Unproven =>
  typeof vouched === 'string' ? vouched : 'written-without-key'

function isUnproven({ vouched }: Proof, number: number): boolean {
  if (typeof vouched === 'string' || number > vouched.head.number) return true
  return vouched.unproven.some(({ from, to }) => from <= number && number <= to)
}

function unprovenCount({ vouched, end }: Proof): number {
  const last = end?.number ?? 0
  if (typeof vouched === 'string') return last
  const length = ({ from, to }: NumberRange) => Math.max(0, Math.min(to, last) - from + 1)
  return [...vouched.unproven, { from: vouched.head.number + 1, to: last }].reduce(
    (sum, range) => sum + length(range),
    0,
  )
}

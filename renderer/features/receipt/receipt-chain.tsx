import type { ReactElement } from 'react'
import type { ChainState, VerifyView } from '../../../preload/contract/receipts.ts'
import type { Shape } from '../../format/state.ts'
import { words } from '../../text.ts'
import { ShapeIcon } from '../../ui/icons.tsx'

const text = words.history.receipt

const broken = { shape: 'failed', tone: 'danger' } as const
const looks: Record<ChainState, { readonly shape: Shape; readonly tone: string }> = {
  ok: { shape: 'delivered', tone: 'ok' },
  'ok-unproven': { shape: 'needs-you', tone: 'attention' },
  'receipt-changed': broken,
  'receipt-missing': broken,
  'chain-broken': broken,
}

type ChainProps = { readonly verified: VerifyView }

export function ChainMark({ verified: { chain } }: ChainProps): ReactElement {
  const { shape, tone } = looks[chain]
  return (
    <span className={`tone-${tone}`}>
      <ShapeIcon shape={shape} />
      {text.chainFindings[chain]}
    </span>
  )
}

/** What exactly is wrong with the chain, or what cannot be told of it and why. */
export function ChainWhy({ verified: { chain, chainAt, unproven } }: ChainProps): ReactElement | null {
  if (unproven !== null) return <p className="secondary">{text.unproven[unproven]}</p>
  if (chainAt === null || chain === 'ok' || chain === 'ok-unproven') return null
  return <p>{text.chainAt[chain](chainAt)}</p>
}

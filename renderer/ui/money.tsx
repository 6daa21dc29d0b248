import type { ReactElement } from 'react'
import { moneyText } from '../format/money.ts'
import { figures } from '../text.ts'

/** An amount, exactly as the file wrote it, with thousands marks. Nothing where none is known. */
export function Money({ amount }: { readonly amount: string | null }): ReactElement {
  return <span className="figure">{amount === null ? '' : moneyText(amount)}</span>
}

export function Count({ n }: { readonly n: number | null }): ReactElement {
  return <span className="figure">{n === null ? '' : figures.number(n)}</span>
}

export function Size({ bytes }: { readonly bytes: number | null }): ReactElement {
  return <span className="figure">{bytes === null ? '' : figures.size(bytes)}</span>
}

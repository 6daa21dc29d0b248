import { useEffect, useState } from 'react'
import type { ErrorView } from '../../../preload/contract/errors.ts'
import { type BundlePart, bundleParts } from '../../../preload/contract/support.ts'
import { desk } from '../../bridge.ts'
import { viewOf } from '../../desk-error.ts'

export type Bundle = {
  /** Null before the first part. */
  readonly id: string | null
  readonly parts: readonly BundlePart[]
  readonly error: ErrorView | null
}

/** Collects a bundle part by part while it is looked at, and leaves it when it is closed. */
export function useBundle(): Bundle {
  const [bundle, setBundle] = useState<Bundle>({ id: null, parts: [], error: null })
  useEffect(() => {
    let left = false
    let id: string | null = null
    const collect = async () => {
      id = await desk.support.begin()
      const parts: BundlePart[] = []
      for (const kind of bundleParts) {
        if (left) return
        parts.push(await desk.support.collect(id, kind))
        if (!left) setBundle({ id, parts: [...parts], error: null })
      }
    }
    collect().catch(error => {
      if (!left) setBundle(before => ({ ...before, error: viewOf(error) }))
    })
    return () => {
      left = true
      if (id !== null) desk.support.leave(id).catch(() => undefined)
    }
  }, [])
  return bundle
}

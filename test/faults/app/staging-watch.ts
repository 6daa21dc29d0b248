import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as passTime } from 'node:timers/promises'

/** The steps of a delivery that can be told from outside, by what lies in its staging folder. */
export const phases = ['download', 'unpack', 'publish'] as const
export type Phase = (typeof phases)[number]

const list = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The staging folders of the deliveries into a folder, beside which they lie. */
export function stagingOf(destination: string): readonly string[] {
  const parent = dirname(destination)
  const roots = list(parent).filter(name => name.startsWith('.extract-desk-'))
  return roots.flatMap(root => list(join(parent, root)).map(delivery => join(parent, root, delivery)))
}

/** How far the delivery into a folder is; null: none is staged. */
export function phaseNow(destination: string): Phase | null {
  const [staging] = stagingOf(destination)
  if (staging === undefined) return null
  if (existsSync(join(staging, 'marker')) || list(destination).length > 0) return 'publish'
  return list(join(staging, 'contents')).length > 0 ? 'unpack' : 'download'
}

/** Looks again and again, until `seen` gives something. */
export async function until<T>(
  seen: () => T | null,
  withinMs: number,
  what: string,
  everyMs = 1,
): Promise<T> {
  const end = performance.now() + withinMs
  for (;;) {
    const found = seen()
    if (found !== null) return found
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms in vain until ${what}`)
    await passTime(everyMs)
  }
}

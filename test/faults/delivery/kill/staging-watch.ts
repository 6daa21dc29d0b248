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

/** How far a delivery into this folder is; null: there is none. */
export function phaseNow(destination: string): Phase | null {
  const parent = dirname(destination)
  const root = list(parent).find(name => name.startsWith('.extract-desk-'))
  const [delivery] = root === undefined ? [] : list(join(parent, root))
  if (root === undefined || delivery === undefined) return null
  const staging = join(parent, root, delivery)
  if (existsSync(join(staging, 'marker')) || list(join(staging, 'downloads')).length === 0) {
    return existsSync(join(staging, 'marker')) || list(destination).length > 0 ? 'publish' : 'download'
  }
  return list(join(staging, 'contents')).length > 0 ? 'unpack' : 'download'
}

/** Looks as often as a timer allows, until `seen` says yes. */
export async function until<T>(seen: () => T | null, withinMs: number, what: string): Promise<T> {
  const end = performance.now() + withinMs
  for (;;) {
    const found = seen()
    if (found !== null) return found
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms in vain until ${what}`)
    await passTime(1)
  }
}

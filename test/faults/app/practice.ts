import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Leg, PracticeSystem, ScenarioName } from '../../../main/practice/index.ts'
import { bundleForNode } from '../../fakes/children/bundle.ts'

export type PracticeProcessOptions = Readonly<{
  scenario?: ScenarioName
  speed?: number
  largeBytes?: number
  /** Where its jobs are written down before an answer leaves. */
  stateDir?: string
  /** How long each leg of a request takes, from and to, in milliseconds; without it no leg is told of. */
  latency?: readonly [number, number]
  seed?: number
}>

export type PracticeAccount = Readonly<{
  url: string
  secrets: Readonly<Record<string, string>>
  outputMaps: readonly { readonly server: string; readonly local: string }[]
  /** What is extracted, where we keep the definition. */
  kept: Readonly<Record<string, unknown>> | null
}>
export type PracticeWelcome = Readonly<Record<PracticeSystem, PracticeAccount>>

export type PracticeProcess = PracticeWelcome & {
  /** Calls at every leg from now on; returns what ends that. */
  onLeg(heard: (leg: Leg) => void): () => void
  /** The jobs that were really started at a system, by its own record: oldest first. */
  started(system: PracticeSystem): readonly { readonly id: string; readonly at: number }[]
  close(): Promise<void>
}

/** Starts the practice systems outside the app that is killed. */
export async function startPracticeProcess(options: PracticeProcessOptions): Promise<PracticeProcess> {
  const script = await bundleForNode(join(import.meta.dirname, 'practice-process.ts'))
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const lines = createInterface(child.stdout)
  const [first] = await Promise.race([
    once(lines, 'line'),
    ended.then(([status]) => Promise.reject(new Error(`The practice system ended with ${status}`))),
  ])
  const listeners = new Set<(leg: Leg) => void>()
  lines.on('line', line => {
    const leg: Leg = JSON.parse(line)
    for (const heard of listeners) heard(leg)
  })
  const welcome: PracticeWelcome = JSON.parse(String(first))
  return {
    ...welcome,
    onLeg(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    started: system => startedIn(options.stateDir ?? '', system),
    async close() {
      child.stdin.end()
      await ended
    },
  }
}

type StateJob = {
  readonly id: string | number
  readonly started: boolean
  readonly createdAt?: number
  readonly submittedAt?: number
}

/** The same by the record that it keeps in a folder. */
export function startedIn(stateDir: string, system: PracticeSystem) {
  const state = JSON.parse(readFileSync(join(stateDir, `${system}-1.json`), 'utf8'))
  return (state.jobs as readonly StateJob[])
    .filter(({ started }) => started)
    .map(job => ({ id: String(job.id), at: job.createdAt ?? job.submittedAt ?? 0 }))
}

/**
 * The practice systems in a process of their own: what they have is there still when the app was killed. The first line
 * that it prints says where they are and how to sign in, each further one a leg of a request; it ends with its input.
 */
import { setTimeout as passTime } from 'node:timers/promises'
import { type Leg, startPractice } from '../../../main/practice/index.ts'
import { randomFrom } from '../../../main/practice/random.ts'
import type { PracticeProcessOptions, PracticeWelcome } from './practice.ts'

const { latency, seed = 1, ...options } = JSON.parse(process.argv[2] ?? '{}') as PracticeProcessOptions
const random = randomFrom(seed, 'latency')
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

async function transit(leg: Leg): Promise<void> {
  if (latency === undefined) return
  print(leg)
  await passTime(random.int(latency[0], latency[1]))
}

const { concur, icws, vault } = await startPractice({ ...options, transit })
const [sample] = icws.samples
if (sample === undefined) throw new Error('There is a sample.')
const welcome: PracticeWelcome = {
  concur: { url: concur.url, secrets: concur.signIn['refresh-token'], outputMaps: [], kept: null },
  icws: { url: icws.url, secrets: icws.signIn.password, outputMaps: icws.outputMaps, kept: sample.request },
  vault: {
    ...{ url: vault.url, secrets: vault.signIn.password, outputMaps: [] },
    kept: vault.requests['Two documents'] ?? null,
  },
}
print(welcome)
process.stdin.resume().on('end', () => process.exit(0))

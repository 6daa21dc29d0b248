import { join } from 'node:path'
import { stageBenchApp } from '../../bench/delivery/app/stage.ts'
import type { Family } from '../family.ts'
import type { Finding } from '../tally.ts'
import { networkCases } from './network/cases.ts'

/** Delivers through Electron's own network stack from a server that does what servers and networks do at times. */
export const networkFamily: Family = {
  name: 'network',
  askedFor: networkCases(0).length,
  async run({ runtime, session, seed, count, say }) {
    const folder = await stageBenchApp(session, join(import.meta.dirname, 'network', 'main.ts'))
    const words = [`SEED=${seed}`, runtime.program, '--ozone-platform=headless', folder]
    const profile = `--user-data-dir=${session.newFolder('profile')}`
    const { status, stdout, stderr } = await session.exec('env', [
      '-C',
      session.newFolder('cases'),
      ...words,
      profile,
    ])
    for (const line of stdout.split('\n').filter(text => text.startsWith('{'))) {
      const { label, findings }: { label: string; findings: readonly Finding[] } = JSON.parse(line)
      count(label, findings)
    }
    if (status !== 0) say(`  network: Electron ended with ${status}:\n${stderr}`)
  },
}

import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs Debian's installer on a folder that stands for the whole computer, so that this one stays as it is. What the
 * package depends on is on this computer, not in that folder.
 */
export function dpkg(computer: string, ...words: readonly string[]): void {
  const records = join(computer, 'var/lib/dpkg')
  for (const name of ['info', 'updates', 'triggers']) mkdirSync(join(records, name), { recursive: true })
  writeFileSync(join(records, 'status'), '', { flag: 'a' })
  const { status, stderr } = spawnSync(
    'dpkg',
    [`--root=${computer}`, '--force-not-root', '--force-depends', '--log=/dev/null', ...words],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`dpkg ${words.join(' ')}: ${stderr}`)
}

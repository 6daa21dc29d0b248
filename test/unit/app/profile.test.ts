import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { tempFolder } from '../../fakes/temp-profile.ts'

vi.mock('electron', () => ({ app: {}, dialog: {} }))
const { makeProfile } = await import('../../../main/app/profile.ts')

it('a profile is made with what is missing above it, closed to others, and made again without harm', () => {
  const profile = join(tempFolder(), 'a', 'b', 'c')
  makeProfile(profile)
  makeProfile(profile)
  if (process.platform !== 'win32') expect(statSync(profile).mode & 0o777).toBe(0o700)
})

it.runIf(process.platform === 'linux')(
  'fails at once where no folder can be made, instead of going round',
  () => {
    for (const profile of ['/proc/extract-desk', '/proc/a/b/c']) {
      expect(() => makeProfile(profile)).toThrow(/ENOENT|EACCES|EPERM/)
      expect(existsSync(profile)).toBe(false)
    }
  },
)

it('fails below a file', () => {
  const file = join(tempFolder(), 'file')
  writeFileSync(file, '')
  expect(() => makeProfile(join(file, 'profile'))).toThrow(/ENOTDIR|ENOENT/)
})

import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeFolder } from '../../../main/adapters/files/make-folder.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'

it('a folder is made with what is missing above it, closed to others, and made again without harm', () => {
  const profile = join(tempFolder(), 'a', 'b', 'c')
  makeFolder(profile)
  makeFolder(profile)
  if (process.platform !== 'win32') expect(statSync(profile).mode & 0o777).toBe(0o700)
})

it.runIf(process.platform === 'linux')(
  'fails at once where no folder can be made, instead of going round',
  () => {
    for (const profile of ['/proc/extract-desk', '/proc/a/b/c']) {
      expect(() => makeFolder(profile)).toThrow(/ENOENT|EACCES|EPERM/)
      expect(existsSync(profile)).toBe(false)
    }
  },
)

it('fails below a file', () => {
  const file = join(tempFolder(), 'file')
  writeFileSync(file, '')
  expect(() => makeFolder(join(file, 'profile'))).toThrow(/ENOTDIR|ENOENT/)
})

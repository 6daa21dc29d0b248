import { describe, expect, test } from 'vitest'
import { isPlainName, joinLocal, localFolder } from '../../../../main/core/systems/icws/folders.ts'

const map = (server: string, local: string) => ({ server, local })
const unc = '\\\\ic-a\\extracts'

describe('[icws:2.3.folder] a folder of the server, for this computer', () => {
  test.each([
    [`${unc}\\77`, '/mnt/extracts', '/mnt/extracts/77'],
    [`${unc}\\2031\\77\\`, '/mnt/extracts/', '/mnt/extracts/2031/77'],
    ['\\\\IC-A\\Extracts\\77', '/mnt/extracts', '/mnt/extracts/77'],
    ['//ic-a/extracts/77', '/mnt/extracts', '/mnt/extracts/77'],
    [unc, '/mnt/extracts', '/mnt/extracts'],
    [`${unc}\\77`, '\\\\files\\share', '\\\\files\\share\\77'],
    [`${unc}\\77`, 'Z:\\', 'Z:\\77'],
    [`${unc}\\77`, 'Z:/in', 'Z:/in\\77'],
    [`${unc}\\77`, '/', '/77'],
  ])('%s on %s is %s', (server, local, folder) => {
    expect(localFolder(server, [map(unc, local)]).folder).toBe(folder)
  })

  test.each([
    ['D:\\I3\\extracts\\77', 'd:/i3/extracts', '/mnt/x/77'],
    ['/var/extracts/77', '/var/extracts', '/mnt/x/77'],
  ])('%s by %s', (server, mapped, folder) => {
    expect(localFolder(server, [map(mapped, '/mnt/x')]).folder).toBe(folder)
  })

  test('the longest map wins, in whatever order', () => {
    const maps = [map('\\\\ic-a\\extracts\\2031', '/mnt/b'), map(unc, '/mnt/a')]
    for (const given of [maps, maps.toReversed()]) {
      expect(localFolder(`${unc}\\2031\\77`, given)).toEqual({ folder: '/mnt/b/77', root: '/mnt/b' })
      expect(localFolder(`${unc}\\2030\\77`, given)).toEqual({ folder: '/mnt/a/2030/77', root: '/mnt/a' })
    }
  })

  test.each([
    ['another share', '\\\\ic-a\\other\\77', 'no-map'],
    ['a share whose name begins alike', '\\\\ic-a\\extracts2\\77', 'no-map'],
    ['the same names on another root', '/ic-a/extracts/77', 'no-map'],
    ['nothing', '', 'no-map'],
    ['one that leads out of the share', `${unc}\\..\\private`, 'unsafe-path'],
    ['one that leads out and back', `${unc}\\77\\..\\..\\extracts\\77`, 'unsafe-path'],
    ['a stream of a file', `${unc}\\77:hidden`, 'unsafe-path'],
  ])('%s is not reached: %s', (_what, server, reason) => {
    expect(() => localFolder(server, [map(unc, '/mnt/extracts'), map('', '/'), map('/', '/')])).toThrow(
      expect.objectContaining({ code: 'source-unreachable', facts: { folder: server, reason } }),
    )
  })
})

test('names that stay in their folder', () => {
  expect(['a.csv', '..a', 'ä b'].every(isPlainName)).toBe(true)
  expect(['', '.', '..', 'a/b', 'a\\b', 'c:', 'a\0'].some(isPlainName)).toBe(false)
  expect(joinLocal('C:\\', ['a'])).toBe('C:\\a')
})

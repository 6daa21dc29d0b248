import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { autostartEntry } from '../../../main/core/desktop/autostart-entry.ts'
import { startOptions } from '../../../main/core/desktop/start-options.ts'

describe('what the command line says', () => {
  const parse = (...words: string[]) =>
    startOptions(['/opt/extract-desk', ...words], '/work', '/home/ana/.config/desk')

  it.each([
    [[], '/home/ana/.config/desk'],
    [['--profile', '/p'], '/p'],
    [['--profile=/p'], '/p'],
    [['--profile', 'trial'], '/work/trial'],
    [['--profile', '/p', '--profile=/q'], '/q'],
    [['.', '--inspect=0', '--profile', '/with blank', '--remote-debugging-port=0'], '/with blank'],
    [['--profiler', '/p'], '/home/ana/.config/desk'],
  ])('%j is the profile %s', (words, profile) => {
    expect(parse(...words)).toEqual({ profile: resolve(profile), hidden: false })
  })

  it.each([[['--profile']], [['--profile=']], [['--profile', '']], [['--profile', '--hidden']]])(
    '%j is refused',
    words => {
      expect(parse(...words)).toBeNull()
    },
  )

  it('starts in the tray with the computer', () => {
    expect(parse('--hidden', '--profile=/p')).toEqual({ profile: resolve('/p'), hidden: true })
  })
})

describe('the autostart entry', () => {
  it('starts the program with its words', () => {
    const entry = autostartEntry('Extract Desk', ['/opt/Extract Desk/extract-desk', '--hidden'])
    expect(entry).toContain('\nExec="/opt/Extract Desk/extract-desk" "--hidden"\n')
    expect(entry.startsWith('[Desktop Entry]\n')).toBe(true)
  })

  it('escapes what the specification reserves', () => {
    const entry = autostartEntry('x', ['/a"b`c$d\\e%f'])
    expect(entry).toContain('Exec="/a\\\\"b\\\\`c\\\\$d\\\\\\\\e%%f"\n')
  })
})

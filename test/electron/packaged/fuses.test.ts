import { spawnSync } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { expect, inject, test } from 'vitest'
import { checkFuses, FUSES, readFuses } from '../../../build/fuses.mjs'
import { desktop } from '../session/desktop.ts'

const wanted = Object.fromEntries(Object.entries(FUSES).map(([name, { on }]) => [name, on]))

test('the program that is released has every fuse as wanted, and the tested one differs in one alone', async () => {
  expect(await readFuses(inject('released'))).toEqual(wanted)
  expect(await readFuses(inject('app').program)).toEqual({ ...wanted, enableNodeCliInspectArguments: true })
})

test('a wrong fuse stops the packaging, for it would let anybody run code in the program’s name', async () => {
  const session = desktop()
  const folder = session.newFolder('foreign-code')
  const script = join(folder, 'foreign.js')
  writeFileSync(script, "process.stdout.write('FOREIGN CODE RAN')")
  const loose = join(folder, 'installed')
  cpSync(dirname(inject('released')), loose, { recursive: true, verbatimSymlinks: true })
  const copy = join(loose, basename(inject('released')))
  await flipFuses(copy, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
  })
  await expect(checkFuses(copy)).rejects.toThrow('runAsNode is true, not false')

  const output = (program: string, words: string[], env: Record<string, string>) =>
    spawnSync(program, words, {
      cwd: folder,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ...env },
      encoding: 'utf8',
      // A program that takes no notice of the words opens its window, or fails for want of a screen.
      timeout: 5000,
    }).stdout
  const attempts: readonly [string[], Record<string, string>][] = [
    [[script], {}],
    [['-e', '0'], { NODE_OPTIONS: `--require ${script}` }],
  ]
  for (const [words, env] of attempts) {
    expect(output(copy, words, env)).toContain('FOREIGN CODE RAN')
    expect(output(inject('released'), words, env)).not.toContain('FOREIGN CODE RAN')
  }
  session.detach()
})

import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { root } from '../ensure/ensure.mjs'

/**
 * What a figure was taken on, in one line without any name of the computer or its user.
 *
 * @param {import('../runtime/electron.mjs').ElectronRuntime} runtime
 * @returns {string}
 */
export function describeMachine(runtime) {
  const processors = cpus()
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return [
    `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `${process.platform} ${release().split('-')[0]}`,
    `Electron ${runtime.version}`,
    `Node ${process.versions.node}`,
    `Extract Desk ${version}`,
  ].join(', ')
}

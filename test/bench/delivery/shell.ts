import type { DesktopSession } from '../../../build/session/attached-session.mjs'
import type { Material } from './material/material.ts'

/** What a person without the app would type. The folder is the first word, the address the second. */
type Script = readonly string[]

const start: Script = ['set -e', 'cd "$1"', 'curl -sS -o archive.zip "$2"']

/** One step after the other, as issue and window say: the other side of the comparison. */
export const unzipSteps: Script = [
  ...start,
  'openssl dgst -sha256 archive.zip',
  'unzip -q archive.zip -d files',
  'openssl dgst -sha256 files/*',
  'sync -f files',
]

/** The same steps on both cores; each unzip takes the names of one pattern. */
export const unzipSideBySide: Script = [
  ...start,
  'mkdir files',
  'openssl dgst -sha256 archive.zip & hashing=$!',
  'unzip -q archive.zip "$3" -d files & first=$!',
  'unzip -q archive.zip -x "$3" -d files',
  'wait $first; wait $hashing',
  'ls files/* | xargs -n 100 -P 2 openssl dgst -sha256',
  'sync -f files',
]

/** adm-zip in the place of unzip; the third word is the Node to run it with, the fourth the script. */
export const admZipSteps: Script = [
  ...start,
  'openssl dgst -sha256 archive.zip',
  '"$3" "$4" archive.zip files',
  'openssl dgst -sha256 files/*',
  'sync -f files',
]

export const csvSteps: Script = [
  'set -e',
  'cd "$1"',
  'curl -sS -o extract.csv "$2"',
  'openssl dgst -sha256 extract.csv',
]
export const csvStepsSynced: Script = [...csvSteps, 'sync -f extract.csv']

/** Runs a script as the user that the app runs as, and returns how many seconds it took. */
export async function runShell(
  session: DesktopSession,
  script: Script,
  words: readonly string[],
): Promise<number> {
  const began = performance.now()
  const { status, stderr } = await session.exec('sh', ['-c', script.join('\n'), 'sh', ...words])
  const seconds = (performance.now() - began) / 1000
  if (status !== 0) throw new Error(`The shell ended with ${status}: ${stderr}`)
  return seconds
}

/** About half of an archive's bytes. */
export const halfOf = ({ name }: Material): string => (name === 'zip-two-large' ? '*13.txt' : 'part-0*')

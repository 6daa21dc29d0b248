import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The ordinary user that the app runs as where tests run as root. */
export const ACCOUNT_NAME = 'extract-desk-test'

/** @typedef {{ uid: number, gid: number }} Account */

/**
 * Chromium refuses its sandbox to root, and a test without the sandbox tests another program. So
 * root gets an ordinary user made; everybody else runs the app as themselves.
 *
 * @returns {Account | undefined} undefined where the app runs as who we are
 */
export function ordinaryAccount() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const known = findAccount(readFileSync('/etc/passwd', 'utf8'), ACCOUNT_NAME)
  if (known !== undefined) return known
  const made = spawnSync(
    'useradd',
    ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', ACCOUNT_NAME],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const account = findAccount(readFileSync('/etc/passwd', 'utf8'), ACCOUNT_NAME)
  if (made.status !== 0 || account === undefined)
    throw new Error(`useradd could not make the user ${ACCOUNT_NAME}`)
  return account
}

/**
 * @param {string} passwd the text of /etc/passwd
 * @param {string} name
 * @returns {Account | undefined}
 */
export function findAccount(passwd, name) {
  const fields = passwd
    .split('\n')
    .map(line => line.split(':'))
    .find(line => line[0] === name)
  return fields === undefined ? undefined : { uid: Number(fields[2]), gid: Number(fields[3]) }
}

/**
 * The words that start a program as that user, and have the kernel end it with the process that
 * started it: a session whose owner was killed leaves nothing running.
 *
 * @param {Account | undefined} account
 * @returns {string[]}
 */
export function startAs(account) {
  const user =
    account === undefined ? [] : [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups']
  return ['setpriv', ...user, '--pdeathsig', 'KILL', '--']
}

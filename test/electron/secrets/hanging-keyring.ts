import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Message } from 'dbus-next'
import { startAs } from '../../../build/session/account.mjs'
import type { DesktopSession } from '../../../build/session/attached-session.mjs'
import { connectBus } from '../../../build/session/bus.mjs'

/** A session bus of its own, on which the keyring takes every call and never answers. */
export async function openHangingKeyring(session: DesktopSession) {
  const folder = session.newFolder('hanging-bus')
  const address = `unix:path=${join(folder, 'bus')}`
  const settings = join(folder, 'bus.conf')
  writeFileSync(
    settings,
    `<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <policy context="default">
    <allow user="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
    { mode: 0o644 },
  )
  const [command = '', ...words] = [...startAs(session.account), 'dbus-daemon', `--config-file=${settings}`]
  const daemon = spawn(command, [...words, '--nofork', '--nopidfile', '--nosyslog', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(daemon.stdout, 'data')

  const bus = await connectBus(address)
  const asked: string[] = []
  bus.addMethodHandler((message: Message) => {
    if (!message.path.startsWith('/org/freedesktop/secrets')) return false
    asked.push(message.member)
    return true
  })
  await bus.requestName('org.freedesktop.secrets', 0)

  return {
    address,
    /** The calls that it leaves without an answer. */
    asked,
    async close() {
      bus.disconnect()
      const gone = once(daemon, 'exit')
      daemon.kill()
      await gone
    },
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MessageBus } from 'dbus-next'
import { startAs } from '../../../build/session/account.mjs'
import type { DesktopSession } from '../../../build/session/attached-session.mjs'
import { connectBus } from '../../../build/session/bus.mjs'

export type PrivateBus = {
  readonly address: string
  /** Our own connection to it, on which a program of the desktop can be played. */
  readonly bus: MessageBus
  close(): Promise<void>
}

/** A message bus of its own, on which anybody may be anything. */
export async function openPrivateBus(session: DesktopSession, name: string): Promise<PrivateBus> {
  const folder = session.newFolder(name)
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
  return {
    address,
    bus,
    async close() {
      bus.disconnect()
      const gone = once(daemon, 'exit')
      daemon.kill()
      await gone
    },
  }
}

import type { Message } from 'dbus-next'
import type { DesktopSession } from '../../../build/session/attached-session.mjs'
import { openPrivateBus } from '../session/private-bus.ts'

/** A session bus of its own, on which the keyring takes every call and never answers. */
export async function openHangingKeyring(session: DesktopSession) {
  const { bus, ...rest } = await openPrivateBus(session, 'hanging-bus')
  const asked: string[] = []
  bus.addMethodHandler((message: Message) => {
    if (!message.path.startsWith('/org/freedesktop/secrets')) return false
    asked.push(message.member)
    return true
  })
  await bus.requestName('org.freedesktop.secrets', 0)
  /** `asked`: the calls that it leaves without an answer. */
  return { ...rest, asked }
}

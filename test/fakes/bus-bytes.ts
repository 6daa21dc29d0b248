import { createRequire } from 'node:module'

/** An answer on the bus as dbus-next's inner half takes it; a variant is its type and its value. */
export type Answer = {
  readonly replySerial: number
  readonly signature: string
  readonly body: readonly unknown[]
}
export type Call = {
  readonly serial: number
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly signature: string
  readonly body: readonly unknown[]
}

// The package's own way from a message to its bytes and back, which it does not export: a second opinion on ours.
type Wire = {
  readonly marshall: (message: object) => readonly [Buffer, unknown]
  readonly unmarshall: (bytes: Buffer) => Call
}
const wire = createRequire(import.meta.url)('dbus-next/lib/message.js') as Wire

const methodReturn = 2

export const answerBytes = (answer: Answer): Buffer =>
  wire.marshall({ type: methodReturn, serial: 1, sender: ':1.3', destination: ':1.42', ...answer })[0]
export const readCall = (bytes: Buffer): Call => wire.unmarshall(bytes)

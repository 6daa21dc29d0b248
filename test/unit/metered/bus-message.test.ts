import { describe, expect, it } from 'vitest'
import { callBytes, numberOf, readMessage } from '../../../main/adapters/metered/bus-message.ts'
import { socketOf } from '../../../main/adapters/metered/system-bus.ts'
import { answerBytes, readCall } from '../../fakes/bus-bytes.ts'

const call = {
  destination: 'org.freedesktop.NetworkManager',
  path: '/org/freedesktop/NetworkManager',
  interface: 'org.freedesktop.DBus.Properties',
  member: 'Get',
  body: ['org.freedesktop.NetworkManager', 'Metered'],
}

describe('a message of the bus', () => {
  it('is written as another program reads it', () => {
    expect(readCall(callBytes(call, 7))).toMatchObject({ ...call, serial: 7, signature: 'ss' })
    const match = { ...call, member: 'AddMatch', body: ["type='signal'"] }
    expect(readCall(callBytes(match, 1))).toMatchObject({ ...match, serial: 1, signature: 's' })
  })

  it('is read as another program writes it, with what follows it left alone', () => {
    const bytes = answerBytes({ replySerial: 7, signature: 'v', body: [['u', 3]] })
    const read = readMessage(Buffer.concat([bytes, Buffer.from('next')]))
    expect(read?.length).toBe(bytes.length)
    expect(read?.message).toMatchObject({ type: 'return', answers: 7, signature: 'v' })
    expect(read && numberOf(read.message)).toBe(3)
    for (let cut = 0; cut < bytes.length; cut += 1) expect(readMessage(bytes.subarray(0, cut))).toBeNull()
  })

  it.each([
    { signature: 'v', body: [['s', 'yes']] },
    { signature: 'u', body: [1] },
    { signature: 's', body: ['1'] },
  ])('that answers with something else holds no number: $body', answer => {
    const read = readMessage(answerBytes({ replySerial: 1, ...answer }))
    expect(read && numberOf(read.message)).toBeNull()
  })

  it('that is none, or far too long, is refused', () => {
    expect(() => readMessage(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'))).toThrow()
    const long = callBytes(call, 1)
    long.writeUInt32LE(0x7fffffff, 4)
    expect(() => readMessage(long)).toThrow()
  })
})

describe('the address of the bus', () => {
  it.each([
    ['unix:path=/run/dbus/system_bus_socket', '/run/dbus/system_bus_socket'],
    ['unix:abstract=/tmp/dbus-x,guid=1', '\0/tmp/dbus-x'],
    ['tcp:host=localhost,port=1;unix:guid=1,path=/a%20b', '/a b'],
    ['tcp:host=localhost,port=1', null],
    ['', null],
  ])('%s', (address, socket) => {
    expect(socketOf(address)).toBe(socket)
  })
})

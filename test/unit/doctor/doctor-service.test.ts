import { describe, expect, it } from 'vitest'
import { createDiagnosesRepository } from '../../../main/adapters/database/repositories/diagnoses.ts'
import { createDoctor } from '../../../main/core/doctor/doctor-service.ts'
import { AppError } from '../../../main/core/errors.ts'
import { connectionId } from '../../../main/core/ids.ts'
import { unmanaged } from '../../../main/core/policy/managed.ts'
import { createRedactor } from '../../../main/core/policy/redact.ts'
import { defaultSettings } from '../../../main/core/settings/settings.ts'
import type { Diagnosis } from '../../../preload/contract/doctor.ts'
import { fakeSystem } from '../../fakes/fake-system.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'
import { acme, id } from '../connections/fixture.ts'
import { way } from './way.ts'

function doctorOf(bent: Parameters<typeof way>[0], { allowedHosts = null as readonly string[] | null } = {}) {
  const { parts, requests, clock } = way(bent)
  const log = memoryLog()
  const redactor = createRedactor()
  const probed: string[] = []
  const diagnoses = createDiagnosesRepository(tempDatabase(), log)
  const doctor = createDoctor({
    ...parts,
    log,
    diagnoses,
    connections: { find: async asked => (asked === id ? acme : null) },
    systems: {
      of: () => ({ ...fakeSystem(clock), doorstep: ({ url }) => `${url}/api/` }),
    },
    sessions: {
      async with(asked) {
        probed.push(asked)
        await parts.signIn()
        return undefined as never
      },
    },
    policy: { get: async () => ({ ...unmanaged, allowedHosts }) },
    settings: { get: async () => defaultSettings },
    power: new Online(),
    mask: redactor.text,
    version: '1.0.0',
  })
  return { doctor, diagnoses, log, requests, redactor, probed }
}

function gate(): { readonly passed: Promise<void>; readonly pass: () => void } {
  let pass = () => {}
  const passed = new Promise<void>(resolve => {
    pass = resolve
  })
  return { passed, pass: () => pass() }
}

/** As the real one, which knows by a field of its own whether there is a network. */
class Online {
  readonly #there = true
  online(): boolean {
    return this.#there
  }
}

describe('an examination', () => {
  it('is told step by step, kept as the last one, and given as a text for IT', async () => {
    const { doctor, probed } = doctorOf({})
    const told: Diagnosis[] = []
    const done = await doctor.examine(id, diagnosis => told.push(diagnosis))
    expect(told.map(({ findings, now }) => [findings.length, now])).toEqual([
      [0, 'name'],
      [0, 'name'],
      [1, 'name'],
      [2, 'name'],
      [2, 'certificate'],
      [3, 'certificate'],
      [4, 'certificate'],
      [5, 'certificate'],
      [5, 'sign-in'],
      [6, 'sign-in'],
      [7, 'sign-in'],
      [7, null],
    ])
    expect(told.at(-1)).toEqual(done)
    expect(probed).toEqual([id])
    expect(await doctor.last(id)).toEqual(done)
    const { name, bytes } = await doctor.report(id)
    expect(name).toBe('network-doctor-www-eu2.api.concursolutions.com.txt')
    expect(Buffer.from(await bytes()).toString()).toBe(done.report)
  })

  it('keeps from its text what the redactor knows to be a secret', async () => {
    const { doctor, redactor } = doctorOf({
      signIn: () => Promise.reject(new AppError('sign-in-refused', { said: 'no such key: k3y-of-anna' })),
    })
    redactor.learn('k3y-of-anna')
    const { report } = await doctor.examine(id, () => {})
    expect(report).toContain('no such key: [masked]')
    expect(report).not.toContain('k3y-of-anna')
  })

  it('is refused by policy before a name is looked up', async () => {
    const asked: string[] = []
    const resolve = async (host: string) => {
      asked.push(host)
      return ['192.0.2.1']
    }
    const { doctor, requests } = doctorOf({ resolve }, { allowedHosts: ['*.other.example'] })
    const { findings } = await doctor.examine(id, () => {})
    expect(findings[0]?.outcome).toBe('host-forbidden')
    expect([asked, requests]).toEqual([[], []])
  })

  it('is stopped by the user, and by whoever asks for another one; each says so', async () => {
    const { doctor } = doctorOf({ resolve: () => new Promise(() => {}) })
    const first = doctor.examine(id, () => {})
    const begun = gate()
    const second = doctor.examine(id, ({ now }) => now === 'name' && begun.pass())
    expect(await first).toMatchObject({ cancelled: true, findings: [], now: null })
    await begun.passed
    await doctor.stop(id)
    expect(await second).toMatchObject({ cancelled: true, now: null })
  })

  it('of a connection that is not there is refused', async () => {
    const { doctor } = doctorOf({})
    await expect(doctor.examine(connectionId('gone'), () => {})).rejects.toMatchObject({ code: 'not-found' })
    await expect(doctor.report(id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

import { describe, expect, it } from 'vitest'
import { reportText } from '../../../main/core/doctor/report.ts'
import { AppError } from '../../../main/core/errors.ts'
import { type Finding, outcomes } from '../../../preload/contract/doctor.ts'
import { doctor } from '../../../preload/contract/text/doctor.ts'
import { host, look, way } from './way.ts'

const head = { system: 'concur', version: '1.0.0' } as const
const about = { connectionId: 'c-1', connection: 'Acme US', host, startedAt: Date.UTC(2026, 10, 1, 18, 30) }

describe('the text for IT', () => {
  it('says each step in plain words, with what to do and the facts behind it', async () => {
    const { parts } = way({
      route: async () => 'PROXY proxy.acme.example:8080',
      answer: new AppError('proxy-sign-in', { facts: { proxy: 'proxy.acme.example:8080', realm: 'ACME' } }),
    })
    const { findings } = await look(parts)
    const text = reportText({ ...about, findings, now: null, cancelled: false }, head)
    expect(text).toContain('Sign-in at the proxy: not working.')
    expect(text).toContain('3. Sign-in at the proxy: Not working')
    expect(text).toContain('proxy.acme.example:8080 asks for a sign-in (407, “ACME”).')
    expect(text).toContain('To do: Ask IT')
    expect(text).toContain('2026-11-01T18:30:00.000Z')
    expect(text.split('\n').every(line => !line.endsWith(' ') && !line.includes('undefined'))).toBe(true)
  })

  it('says of one that was stopped that it was', () => {
    const text = reportText({ ...about, findings: [], now: null, cancelled: true }, head)
    expect(text).toContain('Stopped.')
  })

  it('has words for every outcome, also where all facts are missing', () => {
    for (const outcome of outcomes) {
      const found: Finding = { step: 'answer', result: 'failed', outcome, facts: {} }
      const { what } = doctor.findingText(found)
      expect(what, outcome).toMatch(/^[A-Z].*[.]$|^.+[.]$/)
      expect(what, outcome).not.toMatch(/undefined|NaN/)
    }
  })
})

it.each([
  [1000, '1 second'],
  [-4200, '4 seconds'],
  [119_000, '119 seconds'],
  [420_000, '7 minutes'],
  [7_200_000, '2 hours'],
])('%d ms is %s', (ms, said) => {
  expect(doctor.span(ms)).toBe(said)
})

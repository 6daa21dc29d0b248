import { httpCases } from '../../integration/http/cases.ts'
import { pinnedCases, trustedCases, untrustedCases } from './certificate-cases.ts'
import { doctorCases, inspectedCases } from './doctor-cases.ts'
import type { ElectronCase } from './electron-case.ts'
import { memoryCases } from './memory-cases.ts'
import { proxyCases } from './proxy-cases.ts'
import { systemProxyCases } from './system-proxy-cases.ts'

/** What is run inside Electron, by the surroundings that it needs. */
export const suites = {
  /** The cases that every implementation of the port passes. */
  port: httpCases.map(({ name, run }): ElectronCase => ({ name, run: open => run(open().http) })),
  /** On a computer that knows no certificates but the public ones. */
  untrusted: [...untrustedCases, ...pinnedCases, ...doctorCases],
  /** On a computer that trusts the company's authority. */
  company: [...trustedCases, ...proxyCases, ...inspectedCases],
  /** On a computer whose own settings name a proxy. */
  systemProxy: systemProxyCases,
  /** Alone in its process, since it measures that. */
  memory: memoryCases,
} as const satisfies Record<string, readonly ElectronCase[]>

export type SuiteName = keyof typeof suites

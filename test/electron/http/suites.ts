import { httpCases } from '../../integration/http/cases.ts'
import type { ElectronCase } from './electron-case.ts'

/** What is run inside Electron, by the surroundings that it needs. */
export const suites = {
  /** The cases that every implementation of the port passes. */
  port: httpCases.map(({ name, run }): ElectronCase => ({ name, run: open => run(open().http) })),
} as const satisfies Record<string, readonly ElectronCase[]>

export type SuiteName = keyof typeof suites

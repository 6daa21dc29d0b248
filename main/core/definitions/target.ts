import type { Target } from '../systems/system.ts'
import type { Definition } from './types.ts'

/** The definition as its system needs it. */
export const targetOf = ({ remoteId, name, request }: Definition): Target => ({ id: remoteId, name, request })

import type { Policy } from '../core/ports.ts'

/** A computer on which IT has decided nothing: policy files are not read yet. */
export const emptyPolicy: Policy = { get: async () => ({ settings: {} }) }

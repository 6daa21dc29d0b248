import { randomBytes } from 'node:crypto'
import type { Ids } from '../core/ports.ts'

/** 96 random bits in lower-case hexadecimal: names and ids stand in the same places, and names ignore case. */
export const randomIds: Ids = {
  next: prefix => `${prefix}-${randomBytes(12).toString('hex')}`,
}

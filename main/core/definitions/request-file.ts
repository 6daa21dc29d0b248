import { parse } from 'node:path'
import type { NewDefinition } from '../../../preload/contract/types.ts'
import { AppError } from '../errors.ts'
import type { KeptRequest } from '../systems/system.ts'

/**
 * A request file (docs/cli.md) as a definition that is not added yet: called as the request calls itself, otherwise as
 * the file. What is in the request is checked by its system when it is added. Throws `bad-input` where it is no object.
 */
export function requestFile({
  path,
  value,
}: {
  readonly path: string
  readonly value: unknown
}): NewDefinition {
  if (!isRequest(value)) throw new AppError('bad-input', { facts: { field: 'file' } })
  const named = typeof value.name === 'string' ? value.name.trim() : ''
  return { name: named === '' ? parse(path).name : named, request: value }
}

const isRequest = (value: unknown): value is KeptRequest =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

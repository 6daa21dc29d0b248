import { create } from 'zustand'
import type { DefinitionView } from '../../preload/contract/types.ts'

/** Mirror of main's definitions; only sync.ts writes it. */
export const useDefinitions = create<{ readonly all: readonly DefinitionView[] }>(() => ({ all: [] }))

export const useDefinition = (id: string | null): DefinitionView | null =>
  useDefinitions(state => state.all.find(one => one.id === id) ?? null)

/** Warnings of a receipt: what was delivered all the same, and what to know about it. */
import type { WarningView } from '../../types.ts'

type Facts = WarningView['facts']

const texts: Readonly<Record<string, (facts: Facts) => string>> = {}

/** The warning in a sentence; one that is not known here by its code, rather than not at all. */
export const receiptWarning = ({ code, facts }: WarningView): string => texts[code]?.(facts) ?? code

import { figures } from '../text.ts'

/** An amount with thousands marks, exactly: `1204331.0700` → `1,204,331.07`. */
export const moneyText = figures.amount

import { afterEach, expect } from 'vitest'
import { takeViolations } from './policy-watch.ts'

// Fails whatever test was running when the content security policy refused something.
afterEach(() => expect(takeViolations()).toEqual([]))

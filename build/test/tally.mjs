/**
 * What one runner did.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 */

/** A check that is a whole: lint, types. @param {number | null} status its exit status @returns {Tally} */
export function tallyOfCheck(status) {
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

/**
 * Counts a Vitest run from its JSON report. What failed without a test to blame counts as one
 * failure: a file that could not be loaded, a run that ended badly, a run that ran nothing.
 *
 * @param {unknown} report the parsed report, or undefined where the run left none
 * @param {number | null} status the run's exit status
 * @returns {Tally}
 */
export function tallyOfVitest(report, status) {
  const files =
    /** @type {{ testResults?: { status: string, assertionResults: { status: string }[] }[] } | undefined} */ (
      report
    )?.testResults ?? []
  const tally = { passed: 0, failed: 0, skipped: 0 }
  for (const file of files) {
    const outcomes = file.assertionResults.map(test => test.status)
    tally.passed += outcomes.filter(outcome => outcome === 'passed').length
    tally.failed += outcomes.filter(outcome => outcome === 'failed').length
    tally.skipped += outcomes.filter(outcome => outcome !== 'passed' && outcome !== 'failed').length
    if (file.status === 'failed' && !outcomes.includes('failed')) tally.failed += 1
  }
  const ranNothing = tally.passed + tally.failed === 0
  if (tally.failed === 0 && (status !== 0 || ranNothing)) tally.failed = 1
  return tally
}

/** @param {Iterable<Tally>} tallies @returns {Tally} */
export function addUp(tallies) {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  for (const tally of tallies) {
    sum.passed += tally.passed
    sum.failed += tally.failed
    sum.skipped += tally.skipped
  }
  return sum
}

/**
 * The line that closes `npm test`; those who read test runs for a living look for exactly this.
 *
 * @param {Tally} tally
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

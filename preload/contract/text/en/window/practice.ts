/** The practice system: what it can be made to do. */
import type { PracticeScenario } from '../../../words.ts'

export const scenario = 'What the practice system does'
export const scenarioWhat =
  'Takes effect at once. A run that is under way ends as it began. After you quit, everything works again.'

export const scenarios: Record<PracticeScenario, { readonly name: string; readonly what: string }> = {
  normal: { name: 'Everything works', what: 'A run ends after a few seconds, with its files.' },
  slow: { name: 'Slow runs', what: 'A run waits for a minute and then takes ten.' },
  'failing-job': { name: 'Failing runs', what: 'A run ends as failed, without a file.' },
  'unknown-status': {
    name: 'A status nobody knows',
    what: 'A run says “Transforming” for some minutes before it ends.',
  },
  'empty-extract': { name: 'Empty extracts', what: 'A run finds nothing: its files have no rows.' },
  'very-large': { name: 'Very large extracts', what: 'A run makes a file of some 250 MB.' },
  'lost-post-answer': {
    name: 'Lost answer, run started',
    what: 'The connection is cut before it says that the run was started.',
  },
  'lost-post-nothing': {
    name: 'Lost answer, nothing started',
    what: 'The connection is cut, and no run was started.',
  },
  busy: { name: 'Always busy', what: 'A run is turned away, as if one were under way.' },
  'damaged-zip': { name: 'Damaged archives', what: 'One bit in the zip file is wrong. It still unpacks.' },
  'truncated-download': {
    name: 'Downloads cut short',
    what: 'The connection ends in the middle of the file.',
  },
  'html-instead-of-file': { name: 'Web page in place of the file', what: 'A sign-in page comes instead.' },
  'json-error-with-200': {
    name: 'Error in place of the file',
    what: 'An error message comes instead, marked as a success.',
  },
  'missing-file-link': { name: 'No file offered', what: 'Runs end well, but without a file to fetch.' },
  'expired-token': {
    name: 'Expired tokens',
    what: 'A sign-in lasts for three requests and is then made again.',
  },
  'rotating-refresh-token': {
    name: 'Replaced tokens',
    what: 'Each renewal of the sign-in replaces its secret.',
  },
  refused: { name: 'Sign-in refused', what: 'Nobody is let in, until you choose something else.' },
  'rate-limited': { name: 'Too many requests', what: 'Two of three equal requests are turned away.' },
  maintenance: { name: 'Maintenance', what: 'The system is closed, its sign-in too.' },
  'no-answer': { name: 'No answer', what: 'Requests are accepted and never answered.' },
}

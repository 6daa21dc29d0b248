import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { askForAdvisories, type Lock, type Report, severeIn } from '../../build/audit/advisories.mjs'
import { root } from '../../build/ensure/ensure.mjs'
import { say } from '../../build/ensure/stop.mjs'

const lock: Lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

describe('what is known against our packages', () => {
  it('is asked for by the lock file, and nothing severe is, as far as the registry answers', async () => {
    const answer = await askForAdvisories(root)
    if ('unanswered' in answer) {
      // Said out loud and no failure: not every registry keeps advisories, and none is a fault of the app.
      say(`NOT AUDITED: the npm registry of this machine has no answer to npm audit (${answer.unanswered}).`)
      expect(answer.unanswered).toMatch(/^(?:[45]\d\d|E[A-Z_]+)$/)
      return
    }
    expect(severeIn(answer.report, lock)).toEqual([])
  })

  it('counts where it is severe and is shipped: the app’s own packages, and Electron', () => {
    const advisory = (id: string, severity: string) => ({
      url: `https://example.invalid/advisories/${id}`,
      title: 'a fault',
      severity,
    })
    const report: Report = {
      vulnerabilities: {
        yauzl: { nodes: ['node_modules/yauzl'], via: [advisory('a', 'high'), advisory('b', 'moderate')] },
        electron: { nodes: ['node_modules/electron'], via: [advisory('c', 'critical')] },
        vitest: { nodes: ['node_modules/vitest'], via: [advisory('d', 'critical'), 'electron'] },
      },
    }
    expect(severeIn(report, lock).map(({ package: name, id }) => `${name} ${id}`)).toEqual([
      'yauzl a',
      'electron c',
    ])
  })
})

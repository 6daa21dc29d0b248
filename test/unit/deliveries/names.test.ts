import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { downloadName, groupNames, type JobValues, withSuffix } from '../../../main/core/deliveries/naming.ts'
import {
  distinctPaths,
  refusal,
  safeSegment,
  sameFileKey,
  split,
} from '../../../main/core/deliveries/safe-names.ts'
import { expand, parseTemplate } from '../../../main/core/deliveries/template.ts'
import { isAppError } from '../../../main/core/errors.ts'
import { instantAt } from '../../../main/core/time.ts'

const job: JobValues = {
  system: 'concur',
  connection: 'Acme EU',
  definition: 'Weekly SAE',
  jobId: 'gJ$12',
  // A second before midnight in New York, the next morning in Berlin.
  start: instantAt(Date.UTC(2026, 11, 1, 4, 59, 59)),
  end: null,
}

/** Every text that an archive or a server could use for a name, the nasty ones often. */
const nasty = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'con',
      'NUL.txt',
      'com¹',
      'aux .csv',
      'a.',
      'a ',
      '. .',
      '~',
      'LPT9',
      '\u200d',
      'x\u2009',
    ),
  },
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('ä', '漢', '😀', 'a'), minLength: 200, maxLength: 300 }),
)

describe('a name that every system can hold', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['extract_CES_SAE_v3_p0012_20261101.txt', 'extract_CES_SAE_v3_p0012_20261101.txt'],
    ['Größe und Übersicht.csv', 'Größe und Übersicht.csv'],
    ['.hidden', '.hidden'],
    ['a:b?.txt', 'a_b_.txt'],
    ['tab\tnul\u0000.txt', 'tab_nul_.txt'],
    ['gpj.\u202etxt.exe', 'gpj._txt.exe'],
    ['ends. . ', 'ends____'],
    ['1\u00a0', '1_'],
    ['1\u200b.\ufeff', '1___'],
    ['wide\u3000\u2003', 'wide__'],
    ['tagged\u{e0041}', 'tagged_'],
    ['a\u00a0b', 'a\u00a0b'],
    ['CON', '_CON'],
    ['nul.tar.gz', '_nul.tar.gz'],
    ['com1 .txt', '_com1 .txt'],
    ['conference.txt', 'conference.txt'],
    ['', '_'],
  ]
  it.each(cases)('%j is %j', (name, safe) => expect(safeSegment(name)).toBe(safe))

  it('is short enough, keeps its extension, and differs where the long ones did', () => {
    const long = (end: string) => `${'ü'.repeat(300)}${end}`
    const [one, two] = [safeSegment(long('1.csv')), safeSegment(long('2.csv'))]
    expect(one).toMatch(/^ü+~[0-9a-f]{8}\.csv$/)
    expect(Buffer.byteLength(one)).toBeLessThanOrEqual(240)
    expect(one).not.toBe(two)
  })

  it('whatever it was made of', () => {
    fc.assert(
      fc.property(nasty, name => {
        const safe = safeSegment(name)
        expect(safe).not.toBe('')
        expect(safe).not.toMatch(/^\.\.?$/)
        expect(safe).not.toMatch(/[\p{Cc}<>:"|?*]/u)
        expect(safe).not.toMatch(/[.\p{Z}\p{Cf}]$/u)
        expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)/i)
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(240)
        expect(safeSegment(safe)).toBe(safe)
      }),
    )
  })
})

describe('the paths of a group', () => {
  it('are no two one file on any system, and each as it was where it can be', () => {
    expect(distinctPaths(['A.txt', 'a.txt', 'b.txt', 'a~2.txt', 'A.TXT'])).toEqual([
      'A.txt',
      'a~2.txt',
      'b.txt',
      'a~2~2.txt',
      'A~3.TXT',
    ])
    // One letter, and a letter with an accent behind it: macOS has one file for both.
    expect(distinctPaths(['é.txt', 'é.txt'])).toEqual(['é.txt', 'é~2.txt'])
  })

  it('cannot be a file and a folder', () => {
    expect(() => distinctPaths(['a', 'A/b'])).toThrow('unsafe-name')
  })

  it('whatever they are', () => {
    const path = fc.array(fc.constantFrom('a', 'A', 'b', 'a~2', 'x.t', 'X.T'), { minLength: 1, maxLength: 2 })
    fc.assert(
      fc.property(fc.array(path, { maxLength: 12 }), parts => {
        const paths = parts.map(part => part.join('/'))
        let distinct: readonly string[]
        try {
          distinct = distinctPaths(paths)
        } catch (error) {
          expect(isAppError(error, 'unsafe-name')).toBe(true)
          return
        }
        expect(new Set(distinct.map(sameFileKey)).size).toBe(paths.length)
        for (const one of distinct) {
          expect(distinct.some(other => sameFileKey(other).startsWith(`${sameFileKey(one)}/`))).toBe(false)
        }
      }),
    )
  })

  it('leave their folder in no spelling', () => {
    const part = fc.constantFrom('..', '.', '', 'a', '...', '..a')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), parts => {
        const path = parts.join('/')
        if (refusal(path) !== null) return
        const walked = parts.filter(one => one !== '' && one !== '.')
        expect(walked).not.toContain('..')
        expect(walked.length).toBeGreaterThan(0)
        expect(path.startsWith('/')).toBe(false)
      }),
    )
  })
})

describe('a template', () => {
  const named = (template: string, original = 'in/file.2026.txt', n = 1) => {
    const [stem, ext] = split(original)
    return expand(parseTemplate(template), { ...job, original: stem, ext, n }).path
  }
  const cases: readonly (readonly [string, string])[] = [
    ['{original}{ext}', 'in/file.2026.txt'],
    ['{system}_{connection}_{definition}_{jobId}{ext}', 'concur_Acme EU_Weekly SAE_gJ$12.txt'],
    ['{n}-{original}', '1-in/file.2026'],
    ['{start}', '2026-12-01'],
    ['{start:yyyy/MM/dd_HHmmss}', '2026/12/01_045959'],
    ['{start:yyyyMMddTHHmmssZ}', '20261201T045959Z'],
    ['{start:yyyy-MM-dd@America/New_York}', '2026-11-30'],
    ['{start:HHmm@Europe/Berlin}', '0559'],
  ]
  it.each(cases)('%s makes %s', (template, path) => expect(named(template)).toBe(path))

  const bad: readonly (readonly [string, string])[] = [
    ['', 'empty'],
    ['/a', 'absolute'],
    ['{origin}', 'token'],
    ['{original', 'brace'],
    ['a}', 'brace'],
    ['a:b', 'character ":"'],
    ['a\\b', 'character "\\\\"'],
    ['{start:yyyy-mmm}', 'time format'],
    ['{start:YYYY}', 'time format'],
    ['{start:HH:mm}', 'character ":"'],
    ['{start:}', 'time format'],
    ['{start@Mars/Base}', 'time zone'],
    ['../{original}', 'empty part'],
    ['a//b', 'empty part'],
    ['{original}/', 'empty part'],
    ['{end}', 'the system gave no such time'],
  ]
  it.each(bad)('%j is refused: %s', (template, reason) => {
    try {
      named(template)
    } catch (error) {
      expect(isAppError(error, 'name-invalid') && error.facts.reason).toBe(reason)
      return
    }
    throw new Error('It was taken')
  })

  it('never leaves the destination, whatever the names of connections, definitions and files', () => {
    const text = fc.oneof(nasty, fc.constantFrom('..', '../..', '/', 'a/../..', 'C:\\x', '\\\\host\\share'))
    fc.assert(
      fc.property(text, text, text, text, (connection, definition, jobId, original) => {
        const values = { ...job, connection, definition, jobId, original, ext: '', n: 1 }
        try {
          const { path } = expand(parseTemplate('{connection}/{definition}_{jobId}/x{original}{ext}'), values)
          for (const part of path.split('/')) expect(part).not.toMatch(/^\.{0,2}$|[\\:]/)
        } catch (error) {
          expect(isAppError(error, 'name-invalid')).toBe(true)
        }
      }),
    )
  })
})

describe('the names of a group', () => {
  const destination = (name: string, marker: string | null = null) => ({ name, marker })

  it('say what was changed', () => {
    expect(groupNames(destination('{original}{ext}'), job, ['a:.txt', 'B.txt', 'b.txt'], 'x.zip')).toEqual({
      paths: ['a_.txt', 'B.txt', 'b~2.txt'],
      marker: null,
      warnings: [
        { code: 'name-changed', facts: { from: 'a:.txt', to: 'a_.txt' } },
        { code: 'name-changed', facts: { from: 'b.txt', to: 'b~2.txt' } },
      ],
    })
  })

  it('need a template for several where there are several', () => {
    expect(() => groupNames(destination('sae{ext}'), job, ['a.txt', 'b.txt'], 'x.zip')).toThrow('conflict')
    expect(groupNames(destination('sae{ext}'), job, ['a.txt'], 'x.zip').paths).toEqual(['sae.txt'])
    expect(groupNames(destination('sae{n}{ext}'), job, ['a.txt', 'b.csv'], 'x.zip').paths).toEqual([
      'sae1.txt',
      'sae2.csv',
    ])
  })

  it('have a marker that is none of the files', () => {
    expect(
      groupNames(destination('{original}{ext}', '{original}.done'), job, ['a.txt'], 'x.zip').marker,
    ).toBe('x.done')
    expect(() => groupNames(destination('{original}{ext}', 'A.TXT'), job, ['a.txt'], 'x.zip')).toThrow(
      'name-invalid',
    )
  })

  it('get their suffix before the extension', () => {
    expect(['a.txt', 'in/a', '.a', 'a.tar.gz'].map(path => withSuffix(path, 2))).toEqual([
      'a (2).txt',
      'in/a (2)',
      '.a (2)',
      'a.tar (2).gz',
    ])
    expect(withSuffix('a.txt', 1)).toBe('a.txt')
  })
})

describe('the name of a download', () => {
  const otherwise = { definition: 'SAE/weekly', jobId: '7', ext: '.txt' }
  const cases: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'SAE_weekly_7.txt'],
    ['attachment', 'SAE_weekly_7.txt'],
    ['attachment; filename=a.txt', 'a.txt'],
    ['attachment; filename="a b.txt"; size=3', 'a b.txt'],
    ['attachment; filename="say \\"hi\\".txt"', 'say "hi".txt'],
    ['attachment; filename="plain.txt"; filename*=UTF-8\'\'Gr%C3%B6%C3%9Fe.txt', 'Größe.txt'],
    ["attachment; filename*=iso-8859-1'de'Gr%F6%DFe.txt", 'Größe.txt'],
    ["attachment; filename*=koi8-r''x.txt; filename=a.txt", 'a.txt'],
    [`attachment; filename="${Buffer.from('Größe.txt').toString('latin1')}"`, 'Größe.txt'],
    ['attachment; filename="Größe.txt"', 'Größe.txt'],
    ['attachment; filename="漢.txt"', '漢.txt'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="C:\\temp\\a.txt"', 'a.txt'],
    ['attachment; filename=".."', 'SAE_weekly_7.txt'],
    ['attachment; filename=""', 'SAE_weekly_7.txt'],
  ]
  it.each(cases)('%j: %s', (header, name) => expect(downloadName(header, null, otherwise).name).toBe(name))

  it('is the one that the system knew, where the answer has none', () => {
    expect(downloadName(undefined, '/u123/report.csv', otherwise)).toEqual({ name: 'report.csv', own: true })
    expect(downloadName(undefined, 'views/2031/report.csv', otherwise).name).toBe('views/2031/report.csv')
    expect(downloadName(undefined, '..\\views/./report.csv', otherwise).name).toBe('views/report.csv')
    expect(downloadName('attachment; filename="a/b.csv"', 'views/c.csv', otherwise).name).toBe('b.csv')
  })
})

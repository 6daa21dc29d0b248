import { posix } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { servedFile } from '../../../main/core/policy/path.ts'

const hostile = [
  'app://desk/../main/index.js',
  'app://desk/assets/../../main/index.js',
  'app://desk/..',
  'app://desk/.',
  'app://desk/%2e%2e/main/index.js',
  'app://desk/%2E%2E%2Fmain/index.js',
  'app://desk/..%2fmain/index.js',
  'app://desk/%252e%252e/main/index.js',
  'app://desk/%252e%252e%252fmain%252findex.js',
  'app://desk/..\\main\\index.js',
  'app://desk/assets\\..\\..\\main\\index.js',
  'app://desk/%5c..%5cmain/index.js',
  'app://desk//etc/passwd.js',
  'app://desk//server/share/x.js',
  'app://desk/\\\\server\\share\\x.js',
  'app://desk/C:/Windows/win.js',
  'app://desk/C:%5CWindows%5Cwin.js',
  'app://desk/file:///etc/passwd.html',
  'app://desk/index.html\0.png',
  'app://desk/index.html%00.png',
  'app://desk/.env.js',
  'app://desk/.git/config.js',
  'app://desk/assets/.hidden.js',
  'app://desk/index.html/',
  'app://desk/assets/',
  'app://desk/package.json',
  'app://desk/index.js.map',
  'app://desk/noextension',
  'app://desk/x.constructor',
  'app://desk/x.__proto__',
  'app://desk/index.html ',
  'app://desk/inde\u0445.html',
  'app://desk',
  'app://desk.example.invalid/index.html',
  'app://other/index.html',
  'app://desk@other/index.html',
  'http://desk/index.html',
  'file:///index.html',
  '/index.html',
  '',
]

describe('which file an address asks for', () => {
  it.each([
    ['app://desk/', 'index.html', 'text/html; charset=utf-8'],
    ['app://desk/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['app://desk/index.html?x=../..#/../y', 'index.html', 'text/html; charset=utf-8'],
    ['app://desk/assets/index-B3x_9-.js', 'assets/index-B3x_9-.js', 'text/javascript; charset=utf-8'],
    ['app://desk/assets/a.b.css', 'assets/a.b.css', 'text/css; charset=utf-8'],
  ])('%s is %s', (address, path, type) => {
    expect(servedFile(address)).toEqual({ path: path.split('/'), type })
  })

  it.each(hostile)('%j is refused', address => {
    expect(servedFile(address)).toBeNull()
  })

  it('never leaves the served folder, whatever is asked', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%',
      '\\',
      '/',
      '//',
      ':',
      'a',
      'assets',
      '.js',
      '.html',
      '\0',
      '~',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), pieces => {
        const file = servedFile(`app://desk/${pieces.join('')}`)
        if (file === null) return
        const path = posix.join('/served', ...file.path)
        expect(path).toBe(`/served/${file.path.join('/')}`)
        expect(file.path.some(name => name.startsWith('.') || name === '')).toBe(false)
      }),
      { numRuns: 5000 },
    )
  })
})

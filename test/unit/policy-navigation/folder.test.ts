import { describe, expect, it } from 'vitest'
import { mayUseFolder } from '../../../main/core/policy/folder.ts'

describe('which folder the window may name', () => {
  it.each([
    ['/srv/erp/in', '/srv/erp/in'],
    ['/srv/erp/in/', '/srv/erp/in'],
    ['/srv/erp/../erp/in', '/srv/erp/in/'],
    ['/', '/'],
  ])('elsewhere %j, where %j is known', (folder, known) => {
    expect(mayUseFolder(folder, [known], 'linux')).toBe(true)
  })

  it.each([
    ['/srv/erp/in/..', '/srv/erp/in'],
    ['/srv/erp/in/sub', '/srv/erp/in'],
    ['/srv/erp/IN', '/srv/erp/in'],
    ['srv/erp/in', 'srv/erp/in'],
    ['', ''],
    ['.', '.'],
  ])('elsewhere not %j, where %j is known', (folder, known) => {
    expect(mayUseFolder(folder, [known], 'linux')).toBe(false)
  })

  it.each([
    ['C:\\ERP\\in', 'c:\\erp\\in\\'],
    ['C:/ERP/in', 'C:\\ERP\\in'],
    ['\\\\server\\share\\in', '\\\\SERVER\\share\\in'],
  ])('on Windows %j, where %j is known', (folder, known) => {
    expect(mayUseFolder(folder, [known], 'win32')).toBe(true)
  })

  it.each([
    ['\\ERP\\in', '\\ERP\\in'],
    ['C:ERP', 'C:ERP'],
    ['D:\\ERP\\in', 'C:\\ERP\\in'],
    ['C:\\ERP\\in\\..\\..\\Windows', 'C:\\ERP\\in'],
  ])('on Windows not %j, where %j is known', (folder, known) => {
    expect(mayUseFolder(folder, [known], 'win32')).toBe(false)
  })

  it('is none where none is known', () => expect(mayUseFolder('/srv', [], 'linux')).toBe(false))
})

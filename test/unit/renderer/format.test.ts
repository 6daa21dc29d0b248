import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutMiddle } from '../../../renderer/format/ids.ts'
import { moneyText } from '../../../renderer/format/money.ts'
import { baseName, shortFolder } from '../../../renderer/format/paths.ts'
import { transferPercent, transferText } from '../../../renderer/format/transfer.ts'

describe('money', () => {
  it.each([
    ['1204331.0700', '1,204,331.07'],
    ['16447.7700', '16,447.77'],
    ['-1250.0000', '-1,250.00'],
    ['+550.0000', '550.00'],
    ['0.12345678', '0.12345678'],
    ['12', '12.00'],
    ['.5', '0.50'],
    ['000123.4', '123.40'],
    ['99999999999999999999.99', '99,999,999,999,999,999,999.99'],
  ])('writes %s as %s', (amount, text) => {
    expect(moneyText(amount)).toBe(text)
  })

  it('shows what is no amount as it came', () => {
    expect(moneyText('1.204,33')).toBe('1.204,33')
    expect(moneyText('')).toBe('')
  })

  it('loses no digit of any amount', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 15 })
    fc.assert(
      fc.property(digits, digits, fc.boolean(), (whole, fraction, negative) => {
        const [shownWhole = '', shownFraction = ''] = moneyText(
          `${negative ? '-' : ''}${whole}.${fraction}`,
        ).split('.')
        expect(BigInt(shownWhole.replaceAll(',', ''))).toBe(BigInt(`${negative ? '-' : ''}${whole}`))
        expect(shownFraction.replace(/0+$/, '')).toBe(fraction.replace(/0+$/, ''))
        expect(shownFraction.length).toBeGreaterThanOrEqual(2)
      }),
    )
  })
})

describe('transfers', () => {
  const progress = {
    step: 'downloading',
    bytes: 412_000_000,
    totalBytes: 1_024_000_000,
    bytesPerSecond: 38_000_000,
  } as const

  it('says bytes, rate and time left in the unit of the whole', () => {
    expect(transferText(progress)).toBe('412 of 1,024 MB · 38.0 MB/s · 16 s left')
    expect(transferPercent(progress)).toBe(40)
  })

  it('says only what is known', () => {
    expect(transferText({ ...progress, bytesPerSecond: null })).toBe('412 of 1,024 MB')
    expect(transferText({ ...progress, totalBytes: null })).toBe('412 MB · 38.0 MB/s')
    expect(transferPercent({ ...progress, totalBytes: null })).toBeNull()
    expect(transferPercent({ ...progress, totalBytes: 0 })).toBeNull()
  })

  it.each([
    [512, 812, '512 of 812 bytes'],
    [1_200_000, 4_100_000, '1.2 of 4.1 MB'],
    [9_000_000_000, 12_400_000_000, '9 of 12 GB'],
    [40_000, 512_000, '40 of 512 KB'],
  ])('writes %i of %i as "%s"', (bytes, totalBytes, text) => {
    expect(transferText({ step: 'downloading', bytes, totalBytes, bytesPerSecond: null })).toBe(text)
  })

  it('never says that no time is left while bytes are missing', () => {
    expect(transferText({ ...progress, bytes: 1_023_999_999 })).toContain('1 s left')
  })
})

describe('ids and paths', () => {
  it('cuts the middle of what is long', () => {
    expect(cutMiddle('9f2c81d4b7e05a6c3d1f71ab')).toBe('9f2c81…71ab')
    expect(cutMiddle('gWqq$AbC9d')).toBe('gWqq$AbC9d')
  })

  it('keeps the end of a folder', () => {
    expect(shortFolder('\\\\erp\\finance\\in')).toBe('\\\\erp\\finance\\in')
    expect(shortFolder('\\\\erp-server-01\\finance\\concur\\in')).toBe('…\\finance\\concur\\in')
    expect(shortFolder('/home/ann/Extract Desk Practice/march')).toBe('…/march')
    expect(shortFolder('/home/ann/a folder with a very long name indeed')).toBe(
      '…/a folder with a very long name indeed',
    )
  })

  it('takes the name of a file from either kind of path', () => {
    expect(baseName('\\\\erp\\in\\a.txt')).toBe('a.txt')
    expect(baseName('/srv/in/b.txt')).toBe('b.txt')
  })
})

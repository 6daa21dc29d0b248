/**
 * Which columns hold bank or card data where no layout says so: by the words of their names in English and the languages
 * next to it, or by what stands in them. "Account" alone is no bank's in a ledger, so it takes a word with it.
 */
const names: readonly RegExp[] = [
  /\biban\b|\bbban\b|\bclabe\b/,
  /\b(?:bank|ach|giro|payee|beneficiary) ?(?:account|acct|acc)\b|\bbank ?konto\b|\bkonto ?(?:nummer|nr)\b|\bbankverbindung\b/,
  /\b(?:account|acct) ?(?:number|no|num|nbr|#)|\brouting\b|\bsort ?code\b|\bblz\b|\baba\b|\bbsb\b/,
  /\b(?:card|cc|credit ?card|debit ?card|kreditkarten?|carte) ?(?:account ?)?(?:number|no|num|nbr|nummer|nr|pan|#)/,
  /\bkreditkartennummer\b|\bcardholder\b|\bname on (?:card|account)\b|\bpan\b|\bcv[cv]2?\b/,
  /\btax ?id\b|\bssn\b|\bsocial security\b/,
]

/** `BankAccountNo`, `bank_account_no` and `Bank Account No.` are one name. */
const spoken = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\d#]+/gu, ' ')
    .trim()

export const soundsSensitive = (name: string): boolean => {
  const words = spoken(name)
  return names.some(pattern => pattern.test(words))
}

/** A name may say nothing: what all filled cells look like decides then. Fewer than three tell nothing of cards. */
export function looksSensitive(values: readonly string[]): boolean {
  const filled = values.map(value => value.replace(/[ -]/g, '')).filter(value => value !== '')
  if (filled.length > 0 && filled.every(isIban)) return true
  return filled.length >= 3 && filled.every(isCardNumber)
}

/** ISO 13616: letters as numbers, the first four characters last, 1 is left by 97. */
function isIban(value: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{10,30}$/i.test(value)) return false
  const turned = (value.slice(4) + value.slice(0, 4)).toUpperCase()
  const number = turned.replace(/[A-Z]/g, letter => String(letter.charCodeAt(0) - 55))
  return BigInt(number) % 97n === 1n
}

/** 14 to 19 digits of an issuer's range whose last one is right (Luhn, ISO/IEC 7812). */
function isCardNumber(value: string): boolean {
  if (!/^[3-6]\d{13,18}$/.test(value)) return false
  const sum = [...value].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 1 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

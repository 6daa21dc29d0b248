export type Random = {
  /** The next number in [0, 1). */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  pick<T>(list: readonly [T, ...T[]]): T
  chance(probability: number): boolean
  text(alphabet: string, length: number): string
}

/** Mixes a key into four 32-bit words (cyrb128, public domain). */
function hash(key: string): [number, number, number, number] {
  let h1 = 1779033703
  let h2 = 3144134277
  let h3 = 1013904242
  let h4 = 2773480762
  for (let i = 0; i < key.length; i += 1) {
    const code = key.charCodeAt(i)
    h1 = h2 ^ Math.imul(h1 ^ code, 597399067)
    h2 = h3 ^ Math.imul(h2 ^ code, 2869860233)
    h3 = h4 ^ Math.imul(h3 ^ code, 951274213)
    h4 = h1 ^ Math.imul(h4 ^ code, 2716044179)
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067)
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233)
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213)
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179)
  return [(h1 ^ h2 ^ h3 ^ h4) >>> 0, (h2 ^ h1) >>> 0, (h3 ^ h1) >>> 0, (h4 ^ h1) >>> 0]
}

/**
 * A generator that depends on its key alone (sfc32), so that any part of the sample data can be made again
 * without making what comes before it. Math.random was ruled out: two runs must give the same bytes.
 */
export function randomFrom(...key: readonly (string | number)[]): Random {
  let [a, b, c, d] = hash(key.join('\u0000'))
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 8; i += 1) next()
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    int,
    pick: list => list[int(0, list.length - 1)] ?? list[0],
    chance: probability => next() < probability,
    text: (alphabet, length) => {
      let text = ''
      while (text.length < length) text += alphabet.charAt(int(0, alphabet.length - 1))
      return text
    },
  }
}

const HEX = '0123456789abcdef'

/** A UUID of version 4's shape. */
export function uuidFrom(random: Random): string {
  const part = (length: number) => random.text(HEX, length)
  return `${part(8)}-${part(4)}-4${part(3)}-a${part(3)}-${part(12)}`
}

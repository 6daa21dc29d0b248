/**
 * How many steps a backtracking engine takes to find all matches, as JavaScript engines search: from each place on, one
 * way after the other. Counted on the pattern's own source, so that growth is shown by numbers and not by a clock.
 * It knows what the redactor's patterns use; anything else is refused, so that none is counted wrongly.
 */
type Place = number
type Continue = (at: Place) => boolean
type Node = (at: Place, go: Continue) => boolean

export function stepsOf(pattern: RegExp, text: string): number {
  const { source } = pattern
  const flags = pattern.flags.replace('g', '')
  let steps = 0
  let read = 0

  const looking = (what: string) => source.startsWith(what, read)
  const taken = (what: RegExp): string | null => {
    const found = new RegExp(what.source, 'y')
    found.lastIndex = read
    const piece = found.exec(source)?.[0] ?? null
    read += piece?.length ?? 0
    return piece
  }
  const known = new Map<string, boolean>()
  /** Whether this one piece matches here; an assertion is one step, since all of ours are of one letter or two. */
  const holds = (piece: string, at: Place, whole: boolean): boolean => {
    steps += 1
    if (whole) {
      const key = `${piece} ${text[at]}`
      const answer =
        known.get(key) ?? (at < text.length && new RegExp(`^${piece}$`, flags).test(text[at] ?? ''))
      if (at < text.length) known.set(key, answer)
      return answer
    }
    const here = new RegExp(piece, `${flags}y`)
    here.lastIndex = at
    return here.test(text)
  }

  function alternatives(): Node {
    const ways = [sequence()]
    while (taken(/\|/) !== null) ways.push(sequence())
    return ways.length === 1 ? (ways[0] as Node) : (at, go) => ways.some(way => way(at, go))
  }

  function sequence(): Node {
    const nodes: Node[] = []
    while (read < source.length && !looking('|') && !looking(')')) nodes.push(quantified())
    return nodes.reduceRight<Node>(
      (rest, node) => (at, go) => node(at, next => rest(next, go)),
      (at, go) => go(at),
    )
  }

  function quantified(): Node {
    const assertion = taken(/\\b|\(\?<?[=!](?:\[(?:\\.|[^\]\\])*\]|\\.|[^()\\])*\)/)
    if (assertion !== null) return (at, go) => holds(assertion, at, false) && go(at)
    const group = taken(/\((?:\?:)?(?!\?)/)
    if (group !== null) {
      const node = alternatives()
      if (taken(/\)/) === null) throw new Error(`What is this: ${source.slice(read)}`)
      const [least, most] = bounds()
      return repeated(node, least, most)
    }
    const letter = taken(/\[(?:\\.|[^\]\\])*\]|\\p\{\w+\}|\\[^\dpPkbB]|[^()[\]{}*+?|\\]/)
    if (letter === null) throw new Error(`What is this: ${source.slice(read)}`)
    const [least, most] = bounds()
    // As long a run as there is, then shorter ones.
    return (at, go) => {
      let end = at
      while (end - at < most && holds(letter, end, true)) end += 1
      for (; end - at >= least; end -= 1) {
        steps += 1
        if (go(end)) return true
      }
      return false
    }
  }

  function bounds(): readonly [least: number, most: number] {
    if (taken(/\*/) !== null) return [0, Number.POSITIVE_INFINITY]
    if (taken(/\+/) !== null) return [1, Number.POSITIVE_INFINITY]
    if (taken(/\?/) !== null) return [0, 1]
    const braces = taken(/\{\d+(?:,\d*)?\}/)
    if (braces === null) return [1, 1]
    const [least = '', most = least] = braces.slice(1, -1).split(',')
    return [Number(least), most === '' ? Number.POSITIVE_INFINITY : Number(most)]
  }

  const repeated =
    (node: Node, least: number, most: number): Node =>
    (start, go) => {
      const more = (at: Place, count: number): boolean => {
        steps += 1
        if (count < most && node(at, next => next > at && more(next, count + 1))) return true
        return count >= least && go(at)
      }
      return more(start, 0)
    }

  const node = alternatives()
  if (read < source.length) throw new Error(`What is this: ${source.slice(read)}`)
  for (let at = 0; at <= text.length; ) {
    let end = at
    const found = node(at, next => {
      end = next
      return true
    })
    at = found && end > at ? end : at + 1
  }
  return steps
}

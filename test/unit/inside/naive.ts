/**
 * A table read one character after the other, in the plainest way: what the fast reader has to agree with. Rows without
 * anything in them are left out.
 */
export function naiveTable(
  text: string,
  delimiter: string | null,
  lineEnd: '\n' | '\r',
): readonly string[][] {
  const rows: string[][] = []
  let cells: string[] = []
  let cell = ''
  let place: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  let anything = false

  const endRow = () => {
    // A carriage return before a line feed belongs to the line's end.
    if (lineEnd === '\n' && place !== 'quoted' && cell.endsWith('\r') && returns) cell = cell.slice(0, -1)
    if (cells.length > 0 || cell !== '' || anything) rows.push([...cells, cell])
    cells = []
    cell = ''
    place = 'start'
    anything = false
    returns = false
  }
  /** The last character is a carriage return outside quotes. */
  let returns = false
  for (const character of text) {
    if (place === 'quoted') {
      if (character === '"') place = 'closed'
      else cell += character
      continue
    }
    if (character === lineEnd) {
      endRow()
      continue
    }
    returns = false
    if (character === delimiter) {
      cells.push(cell)
      cell = ''
      place = 'start'
    } else if (character === '"' && place === 'closed') {
      cell += '"'
      place = 'quoted'
    } else if (character === '"' && place === 'start' && delimiter !== null) {
      place = 'quoted'
      anything = true
    } else {
      cell += character
      place = 'plain'
      returns = character === '\r'
    }
  }
  endRow()
  return rows
}

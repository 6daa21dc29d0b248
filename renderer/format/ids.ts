/** An id or hash with its middle cut: `9f2c81…71ab`. Short ones stay whole. The full text goes to the clipboard. */
export function cutMiddle(text: string, head = 6, tail = 4): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`
}

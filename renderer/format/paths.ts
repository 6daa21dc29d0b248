/** So much of a folder is shown in a table. */
const SHOWN = 20

/**
 * As many of a folder's last steps as fit: `\\erp\share\finance\in` → `…\finance\in`. What tells folders apart is at
 * the end; the last step is always whole.
 */
export function shortFolder(path: string): string {
  if (path.length <= SHOWN) return path
  const separator = path.includes('\\') ? '\\' : '/'
  const steps = path.split(separator).filter(step => step !== '')
  let short = steps.pop() ?? path
  for (const step of steps.reverse()) {
    const longer = `${step}${separator}${short}`
    if (longer.length > SHOWN) break
    short = longer
  }
  return `…${separator}${short}`
}

/** The last step of a path: the file's own name. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

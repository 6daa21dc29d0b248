/** The last two steps of a folder: `\\erp\share\finance\in` → `…\finance\in`. What tells folders apart is at the end. */
export function shortFolder(path: string): string {
  const separator = path.includes('\\') ? '\\' : '/'
  const steps = path.split(separator).filter(step => step !== '')
  return steps.length <= 2 ? path : ['…', ...steps.slice(-2)].join(separator)
}

/** The last step of a path: the file's own name. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

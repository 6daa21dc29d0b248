/**
 * The file in `~/.config/autostart` with which a Linux desktop starts the app at sign-in (freedesktop.org, Desktop
 * Application Autostart Specification). Electron does this on macOS and Windows only.
 */
export function autostartEntry(name: string, command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.0',
    `Name=${name}`,
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/**
 * A word of `Exec=`: in double quotes with `"`, `` ` ``, `$` and `\` escaped; backslashes then once more, since the
 * value is a string with escapes of its own; `%` doubled, since it begins a field code.
 */
function quoted(word: string): string {
  const inner = word
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')
  return `"${inner}"`
}

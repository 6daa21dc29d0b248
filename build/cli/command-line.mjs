/**
 * The words that start one command in an Electron program without a window; the launchers beside this say the same.
 * What follows `--` is the command's own: Chromium reads no switch of it.
 *
 * @param {{ folder?: string }} app the folder of the app, where the program is Electron itself
 * @param {readonly string[]} words
 * @returns {string[]}
 */
export function commandLine({ folder }, words) {
  return [
    // On the command line itself: in the app it would come too late.
    ...(process.platform === 'linux' ? ['--ozone-platform=headless'] : []),
    // Nothing is drawn, and Chromium's own troubles with that belong on nobody's standard error.
    '--disable-gpu',
    '--log-level=3',
    ...(folder === undefined ? [] : [folder]),
    '--cli',
    '--',
    ...words,
  ]
}

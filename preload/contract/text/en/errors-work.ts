/** Words for errors of jobs, what came from the system, and the destination. */
import type { ErrorCode } from '../../errors.ts'
import {
  type ErrorWords,
  figure,
  fileKept,
  nothingInFolder,
  nothingStarted,
  withFact,
} from './error-facts.ts'
import { files, number, rows, size } from './figures.ts'
import { nameProblem } from './name-words.ts'

export const workErrors = {
  'already-running': facts => ({
    what:
      facts.reason === 'asks-for-else'
        ? 'A job of this definition is already queued or running, and it asks for something else: an earlier time range, or what the definition was before it was changed.'
        : 'A job of this definition is already queued or running.',
    safe: 'No second job was started.',
    next:
      facts.reason === 'asks-for-else'
        ? 'Wait until it has ended, or cancel it. Then start again.'
        : 'Join it: its files are delivered when it has ended.',
  }),
  'again-needed': facts => ({
    what:
      facts.reason === 'unsaved-run'
        ? 'The files of the last job were not saved.'
        : 'This definition ran only a short while ago.',
    safe: nothingStarted,
    next: 'Look at the last job first. If a new one is really wanted, say so in the second step.',
  }),
  'start-unknown': () => ({
    what: 'Nobody knows whether the system started the job: its answer was lost.',
    safe: 'No second start was tried, and none will be.',
    next: 'Look for the job at the system, then settle it here.',
  }),
  'job-failed': facts =>
    facts.ended === 'cancelled'
      ? {
          what: withFact(
            facts,
            'by',
            by => `The job was cancelled by ${by} at the system.`,
            'The job was cancelled at the system.',
          ),
          safe: nothingInFolder,
          next: 'Run it again whenever its files are wanted.',
        }
      : {
          what: 'The job failed at the system.',
          safe: nothingInFolder,
          next: 'Ask the system’s administrator why before it is run again.',
        },
  'job-gone': () => ({
    what: 'The system no longer lists this job.',
    safe: 'What was delivered from it is untouched.',
    next: 'If its files were not saved, ask the system’s administrator for them.',
  }),
  'job-timed-out': () => ({
    what: 'The job has not ended in the time allowed for it.',
    safe: 'It was not stopped and may still end at the system.',
    next: 'Join it again to go on waiting.',
  }),

  'file-gone': () => ({
    what: 'The system no longer has the files of this job.',
    safe: nothingInFolder,
    next: 'Ask the system’s administrator whether the files can be had in another way.',
  }),
  'source-unreachable': facts => {
    const folder = String(facts.folder ?? '')
    if (facts.reason === 'no-map') {
      return {
        what: `The files lie in ${folder} at the server, and nobody has said where that is for this computer.`,
        safe: fileKept,
        next: 'Say it on the page of the connection: the folder as the server names it, and as this computer does.',
      }
    }
    return {
      what: withFact(
        facts,
        'folder',
        name => `The folder ${name}, in which the server left the files, cannot be read from this computer.`,
        'The folder in which the server left the files cannot be read from this computer.',
      ),
      safe: fileKept,
      next: 'Check that the share is there and may be read. It is tried again by itself.',
    }
  },
  'source-changing': () => ({
    what: 'The server is still writing to the files.',
    safe: 'A file is copied when it has stopped growing, never half of it.',
    next: 'There is nothing to do: it is tried again by itself.',
  }),
  truncated: facts => {
    const expected = figure(facts, 'expectedBytes')
    const came = figure(facts, 'bytes')
    return {
      what:
        expected === null || came === null
          ? 'The file came shorter than promised.'
          : `The file came shorter than promised: ${size(came)} of ${size(expected)}.`,
      safe: nothingInFolder,
      next: 'Fetch it again.',
    }
  },
  'html-instead-of-file': () => ({
    what: 'A web page came instead of the file.',
    safe: nothingInFolder,
    next: 'Usually a sign-in or error page of the network or the system: open a browser once, then fetch it again.',
  }),
  'error-instead-of-file': () => ({
    what: 'An error message came instead of the file.',
    safe: nothingInFolder,
    next: 'Its own words are below. Fetch the file again later.',
  }),
  'damaged-archive': facts => ({
    what: withFact(
      facts,
      'file',
      file => `The archive is damaged at “${file}”.`,
      'The archive that came is damaged.',
    ),
    safe: nothingInFolder,
    next: 'Fetch it again. If it stays damaged, the system made it so: ask its administrator.',
  }),
  'unsafe-name': facts => ({
    what: withFact(
      facts,
      'file',
      file => `The archive holds a name that would leave the folder: “${file}”.`,
      'The archive holds a name that would leave the folder.',
    ),
    safe: nothingInFolder,
    next: 'Ask the system’s administrator where this file comes from.',
  }),
  'encrypted-entry': facts => ({
    what: withFact(
      facts,
      'file',
      file => `“${file}” is encrypted within the archive.`,
      'The archive holds an encrypted file.',
    ),
    safe: nothingInFolder,
    next: 'Turn off unpacking in the destination to get the archive as it is.',
  }),
  'archive-bomb': () => ({
    what: 'The archive would unpack to far more than any extract holds.',
    safe: nothingInFolder,
    next: 'Ask the system’s administrator where this file comes from. If it is right, raise the limits in the settings and deliver the job again.',
  }),
  'empty-extract': () => ({
    what: 'The job finished, and its extract is empty.',
    safe: nothingInFolder,
    next: 'If an empty extract is fine here, allow it in the destination and deliver the job again.',
  }),
  'fewer-rows-than-promised': facts => {
    const promised = figure(facts, 'expectedRows')
    const came = figure(facts, 'rows')
    return {
      what:
        promised === null || came === null
          ? 'The extract has fewer rows than its first line promises.'
          : `The extract’s first line promises ${rows(promised)}, and ${number(came)} came.`,
      safe: nothingInFolder,
      next: 'Fetch it again. If it stays so, ask the system’s administrator. The destination can be told to accept it.',
    }
  },

  'no-destination': () => ({
    what: 'No folder was chosen for this definition.',
    safe: 'The job’s files stay at the system and can be delivered later.',
    next: 'Choose a folder.',
  }),
  'folder-missing': facts => ({
    what: withFact(
      facts,
      'folder',
      folder => `The folder ${folder} does not exist.`,
      'The folder does not exist.',
    ),
    safe: fileKept,
    next: 'Create the folder or choose another one. Folders are never created by themselves.',
  }),
  'folder-not-writable': facts => ({
    what: withFact(
      facts,
      'folder',
      folder => `Nothing may be written to the folder ${folder}.`,
      'Nothing may be written to the folder.',
    ),
    safe: fileKept,
    next: 'Ask IT for the right to write there, or choose another folder.',
  }),
  'folder-unreachable': facts => ({
    what: withFact(
      facts,
      'folder',
      folder => `The folder ${folder} cannot be reached.`,
      'The folder cannot be reached.',
    ),
    safe: 'The file is safe and will be delivered there when the folder is back.',
    next: 'Check the network drive or the VPN.',
  }),
  'no-space': facts => {
    const needed = figure(facts, 'neededBytes')
    const free = figure(facts, 'freeBytes')
    return {
      what:
        needed === null || free === null
          ? 'There is not enough space for the files.'
          : `There is not enough space: ${size(needed)} are needed, ${size(free)} are free.`,
      safe: nothingInFolder,
      next: 'Free some space; the delivery goes on by itself.',
    }
  },
  conflict: facts => {
    const several = figure(facts, 'files')
    if (facts.reason === 'one-name') {
      return {
        what:
          several === null
            ? 'The name template gives several files one name.'
            : `The name template gives ${files(several)} one name.`,
        safe: 'Nothing was put into the folder. The files are kept.',
        next: 'Put {original} or {n} into the name template of the destination, then retry.',
      }
    }
    return {
      what: withFact(
        facts,
        'path',
        path => `There already is a file at ${path}.`,
        'A file of that name is already there.',
      ),
      safe: 'It was not overwritten. The new file is kept.',
      next: 'Move the old file, or change how the destination treats existing files, then retry.',
    }
  },
  'file-locked': facts => ({
    what: withFact(
      facts,
      'path',
      path => `Another program holds ${path} open.`,
      'Another program holds the file open.',
    ),
    safe: 'The old file was not touched. The new one is kept.',
    next: 'Close it, for example in Excel, then retry.',
  }),
  'staged-changed': facts => ({
    what: withFact(
      facts,
      'file',
      file => `${file} was changed or removed before it could be moved into its folder.`,
      'A file was changed or removed before it could be moved into its folder.',
    ),
    safe: 'Nothing that was changed is in your folder. The files are fetched again by themselves.',
    next: withFact(
      facts,
      'folder',
      folder => `If it happens again, see to it that the virus scanner leaves ${folder} alone.`,
      'If it happens again, see to it that the virus scanner leaves the folder beside it alone whose name begins with .extract-desk.',
    ),
  }),
  'not-written': facts => ({
    what: withFact(facts, 'path', path => `${path} could not be written.`, 'The file could not be written.'),
    safe: 'Nothing here was changed, and a file that was there before is as it was.',
    next: 'Choose another folder, or see to it that this one is there, has room and may be written to.',
  }),
  'name-invalid': facts => ({
    what:
      nameProblem(facts) ??
      withFact(
        facts,
        'name',
        name => `“${name}” cannot be a file name.`,
        'The name template makes a name that no file can have.',
      ),
    safe: nothingInFolder,
    next: 'Change the name template in the destination.',
  }),

  'file-not-a-table': facts => ({
    what: withFact(
      facts,
      'file',
      file => `${file} holds no rows and columns, so it cannot be shown as a table.`,
      'The file holds no rows and columns, so it cannot be shown as a table.',
    ),
    safe: 'It was only read, and is as it was delivered.',
    next: 'Show it in its folder, and open it with a program for its kind.',
  }),
  'delivered-file-missing': facts => ({
    what: withFact(
      facts,
      'path',
      path => `${path} is no longer there, nor anywhere below its folder, nor in a kept archive.`,
      'The delivered file is no longer there, nor anywhere below its folder, nor in a kept archive.',
    ),
    safe: 'Its receipt is kept, with its sizes, totals and SHA-256.',
    next: 'If somebody took it away, look there. Otherwise deliver the job again.',
  }),
  'file-changed': () => ({
    what: 'The file was changed, moved or removed while it was looked into.',
    safe: 'It was only read here. What was shown until now is what was in it then.',
    next: 'Open it again.',
  }),
} satisfies Partial<Record<ErrorCode, ErrorWords>>

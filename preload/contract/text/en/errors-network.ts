/** Words for errors of the network and of what a system answers. */
import type { ErrorCode } from '../../errors.ts'
import {
  type ErrorWords,
  figure,
  jobsGoOn,
  nothingInFolder,
  nothingSent,
  nothingStarted,
  triedAgain,
  withFact,
} from './error-facts.ts'
import { size } from './figures.ts'

export const networkErrors = {
  offline: () => ({
    what: 'This computer is offline.',
    safe: jobsGoOn,
    next: 'There is nothing to do: it goes on when the network is back.',
  }),
  metered: facts => {
    const left = figure(facts, 'left')
    return {
      what:
        left === null
          ? 'This computer’s connection is metered, and the download is large.'
          : `This computer’s connection is metered, and ${size(left)} are still to come.`,
      safe: 'What came so far is kept where the system can go on behind it.',
      next: 'It goes on by itself on another network. To have it over this one, download it anyway.',
    }
  },
  'host-not-found': facts => ({
    what: withFact(
      facts,
      'host',
      host => `The name ${host} cannot be found in the network.`,
      'The system’s name cannot be found in the network.',
    ),
    safe: nothingSent,
    next: 'Check the address of the connection, and whether a VPN is needed.',
  }),
  'connection-failed': facts => ({
    what: withFact(facts, 'host', host => `${host} does not answer.`, 'The system does not answer.'),
    safe: jobsGoOn,
    next: triedAgain,
  }),
  'connection-cut': () => ({
    what: 'The connection was cut in the middle.',
    safe: nothingInFolder,
    next: triedAgain,
  }),
  'timed-out': facts => ({
    what:
      facts.what === 'download'
        ? 'The download took too long: what came was too little to wait for the rest.'
        : withFact(
            facts,
            'host',
            host => `${host} took too long to answer.`,
            'The system took too long to answer.',
          ),
    safe: jobsGoOn,
    next: triedAgain,
  }),
  'proxy-sign-in': facts => ({
    what:
      facts.before === true
        ? 'The proxy refused this user name and password before.'
        : withFact(
            facts,
            'proxy',
            proxy => `The proxy ${proxy} asks for a sign-in (407).`,
            'The company’s proxy asks for a sign-in (407).',
          ),
    safe: 'The system was not reached; its password was not tried.',
    next: 'Ask IT how this computer signs in to the proxy, then sign in to it in Settings › Network.',
  }),
  'proxy-failed': facts => ({
    what: withFact(
      facts,
      'proxy',
      proxy => `The proxy ${proxy} cannot be reached.`,
      'The company’s proxy cannot be reached.',
    ),
    safe: 'The system was not reached.',
    next: 'Check Settings › Network, or ask IT which proxy this computer should use.',
  }),
  certificate: facts => ({
    what: withFact(
      facts,
      'issuer',
      issuer => `The certificate was issued by “${issuer}”, which this computer does not trust.`,
      'The system’s certificate is not trusted by this computer.',
    ),
    safe: 'No secret was sent.',
    next: 'Many companies inspect traffic with a certificate of their own: ask IT to install it on this computer.',
  }),
  'not-trusted': facts => ({
    what: withFact(
      facts,
      'host',
      host => `The system pointed to ${host}, which does not belong to this connection.`,
      'The system pointed to an address that does not belong to this connection.',
    ),
    safe: 'Nothing was sent there.',
    next: 'Check the address of the connection with your administrator.',
  }),
  'redirect-refused': facts => ({
    what: withFact(
      facts,
      'host',
      host => `The answer was a detour to ${host}.`,
      'The answer was a detour to another address.',
    ),
    safe: 'It was not followed, and no secret left this computer.',
    next: 'Often a sign-in page of the company network: open a browser once, then try again.',
  }),
  'rate-limited': () => ({
    what: 'The system asks to be called less often.',
    safe: jobsGoOn,
    next: 'There is nothing to do: it is asked again after the pause it wants.',
  }),
  maintenance: () => ({
    what: 'The system is in maintenance.',
    safe: jobsGoOn,
    next: 'There is nothing to do: it is asked again from time to time.',
  }),
  'server-error': facts => ({
    what: withFact(
      facts,
      'status',
      status => `The system failed to answer (error ${status}).`,
      'The system failed to answer.',
    ),
    safe: jobsGoOn,
    next: triedAgain,
  }),
  'request-refused': facts => ({
    what: withFact(
      facts,
      'status',
      status => `The system refused the request (error ${status}).`,
      'The system refused the request.',
    ),
    safe: nothingStarted,
    next: 'Its own words are below. Show them to the system’s administrator.',
  }),
  'answer-too-large': () => ({
    what: 'The answer is far larger than such an answer should be.',
    safe: 'It was not taken.',
    next: 'Check the address of the connection.',
  }),
  'answer-not-understood': () => ({
    what: 'The system answered something that cannot be understood.',
    safe: 'It was not guessed at: nothing was started and nothing was delivered.',
    next: 'Try again. A sign-in page of the network in between is a frequent cause.',
  }),
} satisfies Partial<Record<ErrorCode, ErrorWords>>

import type { FactList } from './fact.ts'

/** What public material says of PureConnect's ICWS and its feature data-extractor. Nothing here was checked against a live system. */
export const icwsFacts: FactList = {
  name: 'icws',
  title: 'Genesys PureConnect ICWS: facts and their tests',
  about:
    'What public material says of PureConnect’s ICWS, its sessions and its feature data-extractor, and the tests that show that Extract Desk lives with each. Nothing here was checked against a live system; what is unconfirmed says so. This page is written by the tests (test/facts); a fact without a test that passed fails `npm test`.',
  sections: [
    {
      title: '2.1 Transport',
      facts: [
        {
          id: '2.1.ports',
          text: 'HTTP on 8018 and HTTPS on 8019, on the server or an off-server session manager. The port of the address is used, and for alternate hosts the same one; HTTP only in practice.',
        },
        {
          id: '2.1.self-signed',
          text: 'Certificates are often self-signed; public clients switch checking off. Here the user pins the very one, for one connection.',
        },
        { id: '2.1.media-type', text: 'The media type is `application/vnd.inin.icws+JSON;charset=utf-8`.' },
        {
          id: '2.1.plain-json',
          text: 'Plain `application/json` works too: answers are read whatever their content type says.',
        },
        {
          id: '2.1.cloud',
          text: 'In the vendor’s cloud a file `customICWS/config/servers.json` names the hosts.',
          notBuilt:
            'the address of the server is typed; an administrator who knows that file knows the address in it',
        },
        {
          id: '2.1.proxy-form',
          text: 'Behind a web proxy the address is `{proxy}/{server}/icws`; an alternate host takes the place of the server’s name.',
        },
        { id: '2.1.licence', text: 'The server licence I3_FEATURE_ICWS_SDK is needed.' },
        {
          id: '2.1.types',
          text: 'Enumerations are numbers, times are texts, and derived types need `__type`.',
        },
        {
          id: '2.1.compact',
          text: 'Times on the wire are compact ISO 8601 in UTC, `20210706T182219Z`, which `new Date` cannot read.',
        },
        {
          id: '2.1.extended',
          text: 'The vendor’s client reads the extended form as well, `2021-07-06T18:22[:19[.fff]]Z`.',
        },
        { id: '2.1.sends-extended', text: 'It sends the extended form, with milliseconds.' },
      ],
    },
    {
      title: '2.2 Session',
      facts: [
        {
          id: '2.2.connect',
          text: 'POST /icws/connection opens a session; `include` asks for version, features and server time, Accept-Language is required.',
        },
        {
          id: '2.2.settings',
          text: 'Its body is of the type icAuthConnectionRequestSettings, with application name, user and password.',
        },
        {
          id: '2.2.other-settings',
          text: 'Other types sign in with an authentication token or by single sign-on, or name a marketplace licence.',
          notBuilt:
            'a token lives seconds and single sign-on asks a person; an app that works at night needs user and password',
        },
        {
          id: '2.2.other-includes',
          text: '`include` can ask for workstation, station and PureCloud integration too.',
          notBuilt: 'extracts need none of them',
        },
        { id: '2.2.answer', text: 'Of the answer only csrfToken and sessionId are required.' },
        { id: '2.2.session-id', text: 'Session ids are digits in samples, and are treated as texts.' },
        {
          id: '2.2.answer-headers',
          text: 'Token and session come in headers of the answer, too.',
          notBuilt: 'the body has both, and the documents require them there',
        },
        {
          id: '2.2.cookies',
          text: 'Names and shape of cookies are unconfirmed: every one is kept and sent back.',
        },
        { id: '2.2.password-days', text: 'daysUntilPasswordExpiration says when the password ends.' },
        {
          id: '2.2.server-time',
          text: 'serverUtcTime is the server’s clock: relative time ranges are counted by it.',
        },
        {
          id: '2.2.503',
          text: '503 with alternateHostList: each of these hosts is tried, without scheme and port in its name, on the same port.',
        },
        { id: '2.2.503-empty', text: 'The list may be empty.' },
        { id: '2.2.unavailable', text: 'error.server.unavailable is a 503, too.' },
        { id: '2.2.hops', text: 'Clients cap the chain of hosts at 8.' },
        { id: '2.2.redirect', text: 'A redirect may name the other host.' },
        { id: '2.2.one-host', text: 'A session lives only on the host that took it.' },
        {
          id: '2.2.bad-password',
          text: 'A wrong password is a 400 with authenticationFailure and code -2147221503. It is tried once.',
        },
        { id: '2.2.bad-password-old', text: 'Before CIC 4.0.6 it has no errorId.' },
        { id: '2.2.error-code', text: 'errorCode is undocumented, and real.' },
        {
          id: '2.2.calls',
          text: 'Every later call has the session in its path, and token, cookie and language in its headers.',
        },
        { id: '2.2.401-1', text: '401, code 1: session missing or malformed.' },
        { id: '2.2.401-2', text: '401, code 2: token wrong or missing.' },
        { id: '2.2.401-4', text: '401, code 4: cookie missing.' },
        { id: '2.2.401-7', text: '401, code 7: access denied.' },
        {
          id: '2.2.401-2147221499',
          text: '401, code -2147221499: the session is over, in the words of a refused sign-in.',
        },
        {
          id: '2.2.www-authenticate',
          text: 'A 401 says in WWW-Authenticate where to sign in; we know where.',
        },
        { id: '2.2.not-found', text: '400 with -2147221496 in place of an errorId means not found.' },
        { id: '2.2.404', text: '404 is seen.' },
        { id: '2.2.405', text: '405 error.request.accessDenied.httpMethodNotAllowed.' },
        { id: '2.2.500', text: '500 with code -2147467259.' },
        {
          id: '2.2.unsupported',
          text: 'error.request.unsupported for a resource that the server does not have.',
        },
        {
          id: '2.2.error-body',
          text: 'An error’s body has errorId?, errorCode?, message and propertyName?.',
        },
        {
          id: '2.2.state',
          text: 'GET /connection tells the state of the connection: 0 none, 1 up, 2 down.',
          notBuilt: 'the next call that matters says the same by working or not',
        },
        {
          id: '2.2.state-message',
          text: 'A message tells when the connection goes down: state 2, in a vendor’s sample the word down.',
        },
        {
          id: '2.2.delete',
          text: 'DELETE /connection signs out: when a connection is removed or signed in anew, and at quit.',
        },
        {
          id: '2.2.without-session',
          text: 'Version, features, server info and time can be asked for without a session.',
          notBuilt: 'the sign-in brings what is needed of them',
        },
        {
          id: '2.2.switchover',
          text: 'switchover-status tells which of two servers is active.',
          notBuilt: 'the server that does not take sessions names the other one itself',
        },
        {
          id: '2.2.unique-token',
          text: 'unique-auth-token makes a token that is valid for seconds.',
          notBuilt: 'nothing is handed on to another program',
        },
        {
          id: '2.2.heartbeat',
          text: 'POST /messaging/heartbeat keeps a session alive: once a minute while jobs run.',
        },
        {
          id: '2.2.messages',
          text: 'GET /messaging/messages is a list, perhaps empty; reading empties the queue.',
        },
        {
          id: '2.2.events',
          text: 'Servers with messaging 2 send events.',
          notBuilt: 'a stream that is kept open for hours is what proxies cut; messages bring the same',
        },
        { id: '2.2.idle', text: 'When an idle session ends is unconfirmed: a 401 signs in again, once.' },
        { id: '2.2.feature', text: 'A server without the feature data-extractor has no such API.' },
      ],
    },
    {
      title: '2.3 Data extractor',
      facts: [
        {
          id: '2.3.resources',
          text: 'There are jobs and a subscription; no tables, views, settings or downloads can be asked for.',
          notBuilt:
            'nothing to ask: tables and columns are written into a definition, or taken over from an earlier job',
        },
        {
          id: '2.3.list',
          text: 'GET …/jobs lists jobs; jobCount is 30 unless said, fromJobId asks for those before a job, jobsResponseMode is status unless said.',
        },
        { id: '2.3.paging', text: 'Pages follow each other from the last id, until one is empty or short.' },
        { id: '2.3.order', text: 'The list is of the most recent ones; its order is not documented.' },
        { id: '2.3.modes', text: 'A job comes with its configuration, its status or both.' },
        { id: '2.3.start', text: 'POST …/jobs starts a job: 201 with its id.' },
        { id: '2.3.duplicates', text: 'Unconfirmed: several equal jobs may run beside each other.' },
        { id: '2.3.cancel', text: 'DELETE …/jobs/{id} cancels a job that is queued or runs.' },
        { id: '2.3.subscribe', text: 'PUT …/jobs-statuses subscribes to messages about jobs.' },
        { id: '2.3.message', text: 'jobStatusMessage has isDelta and a list.' },
        { id: '2.3.delta', text: 'In a delta, what did not change is missing.' },
        {
          id: '2.3.unsubscribe',
          text: 'DELETE …/jobs-statuses ends the subscription.',
          notBuilt: 'it ends with the session, and a new one takes its place',
        },
        { id: '2.3.400', text: '400: malformed, with the field’s name.' },
        { id: '2.3.401', text: '401: the session is missing or over.' },
        { id: '2.3.403', text: '403: no right to see the job.' },
        { id: '2.3.403-cancel', text: '403: no right to cancel it.' },
        { id: '2.3.410', text: '410: the resource was removed from the API.' },
        { id: '2.3.500', text: '500: an unexpected error.' },
        {
          id: '2.3.unknown-job',
          text: 'What an unknown job is answered with is unconfirmed; not found in either form is understood.',
        },
        {
          id: '2.3.nested',
          text: 'The vendor’s client has jobStatus and jobConfig, tableList, viewList, and column for a list.',
        },
        { id: '2.3.flat', text: 'The help pages show the same flat.' },
        {
          id: '2.3.status-required',
          text: 'Of a status name, user, id and site are required; we need the id.',
        },
        { id: '2.3.state-optional', text: 'The state itself is optional.' },
        { id: '2.3.times-optional', text: 'All times are optional.' },
        {
          id: '2.3.config-required',
          text: 'Of a configuration name and user are required, by the schema of a start too.',
        },
        { id: '2.3.table-required', text: 'A table or view has a name and columns.' },
        { id: '2.3.case', text: 'Names of tables are one name in upper and lower case.' },
        { id: '2.3.id-string', text: 'A job’s id is a text.' },
        { id: '2.3.state-0', text: '0: submitted.' },
        { id: '2.3.state-1', text: '1: queued.' },
        { id: '2.3.state-2', text: '2: started.' },
        { id: '2.3.state-3', text: '3: failed.' },
        { id: '2.3.state-4', text: '4: canceled.' },
        { id: '2.3.state-5', text: '5: finished.' },
        { id: '2.3.failed', text: 'A failed job has errorInfo.' },
        { id: '2.3.cancelled', text: 'A cancelled one says who cancelled it.' },
        { id: '2.3.filters', text: 'startTimeFilter and endTimeFilter are bounds in UTC.' },
        {
          id: '2.3.filter-bounds',
          text: 'Whether they belong to the range is unconfirmed: a period ends with the first moment after it.',
        },
        {
          id: '2.3.folder',
          text: 'outputFolder is a path as the server sees it, and no call reads files from it: maps say where it lies.',
        },
        {
          id: '2.3.folder-unconfirmed',
          text: 'Form, format, names and retention of the files are unconfirmed: whatever lies there is taken when it has stopped growing.',
        },
        {
          id: '2.3.right',
          text: 'The account needs the access Data Extractor in Interaction Administrator.',
        },
      ],
    },
  ],
}

import type { FactList } from './fact.ts'

/** What public material says of Veeva Vault's REST API. Nothing here was checked against a live vault. */
export const vaultFacts: FactList = {
  name: 'vault',
  title: 'Veeva Vault: facts and their tests',
  about:
    'What public material says of Veeva Vault’s sign-in, jobs, exports, file staging and Direct Data, quirks included, and the tests that show that Extract Desk lives with each. Nothing here was checked against a live vault. This page is written by the tests (test/facts); a fact without a test that passed fails `npm test`.',
  sections: [
    {
      title: '3.1 Conventions',
      facts: [
        {
          id: '3.1.versions',
          text: 'Three versions a year, each with a path of its own, `/api/v26.1/…`; old ones are frozen. GET /api/ lists those that a vault speaks. Signing in may have another version than the calls.',
        },
        {
          id: '3.1.envelope',
          text: 'HTTP 200 even for failures: responseStatus is SUCCESS, WARNING, FAILURE or EXCEPTION, and the error type decides. Message texts are not contractual.',
        },
        { id: '3.1.warning', text: 'A WARNING is an answer, with warnings beside it: they are kept.' },
        { id: '3.1.404', text: 'A wrong path has a status of its own, 404.' },
        {
          id: '3.1.json-for-file',
          text: 'A download can come back as an error in JSON with status 200: its Content-Type is looked at before anything is saved.',
        },
        { id: '3.1.pages', text: 'So can a page of a gateway.' },
        {
          id: '3.1.session-header',
          text: 'A session id goes raw in Authorization, an API access token as `Bearer`.',
        },
        {
          id: '3.1.client-id',
          text: '`X-VaultAPI-ClientID`, up to 100 letters, digits, dots, underscores and hyphens, names the client; administrators can make it mandatory. `X-VaultAPI-ReferenceId` is ours for one exchange.',
        },
        {
          id: '3.1.execution-id',
          text: '`X-VaultAPI-ExecutionId` of an answer is what Veeva’s support asks for.',
        },
        {
          id: '3.1.downtime',
          text: 'A vault that is down says for how many minutes, in `X-VaultAPI-DowntimeExpectedDurationMinutes`.',
        },
        {
          id: '3.1.xml',
          text: 'Answers may be asked for in XML.',
          notBuilt: 'JSON says the same, and is the default',
        },
        {
          id: '3.1.csv',
          text: 'Vault’s CSV differs from RFC 4180.',
          notBuilt: 'files are delivered as they come, to the last byte',
        },
        {
          id: '3.1.reason-phrase',
          text: 'Since 26R1.2 the status line has no reason phrase.',
          notBuilt: 'nothing reads it',
        },
      ],
    },
    {
      title: '3.2 Sign-in',
      facts: [
        {
          id: '3.2.form',
          text: 'POST /auth takes a form: username, password, and the vaultDNS that is meant.',
        },
        {
          id: '3.2.wrong-vault',
          text: 'Who has no access to that vault silently gets a session of another one: the address of the vault that the answer names is compared with the one that was typed.',
        },
        {
          id: '3.2.refused',
          text: 'Refusals: USERNAME_OR_PASSWORD_INCORRECT, NO_PASSWORD_PROVIDED, INACTIVE_USER, USER_LOCKED_OUT, PASSWORD_CHANGE_REQUIRED, and errorType AUTHENTICATION_FAILED beside them.',
        },
        {
          id: '3.2.oauth',
          text: 'OAuth and OpenID Connect: a token of the company’s identity provider is traded for a session.',
          notBuilt:
            'it needs a client registered with each company’s identity provider; cli.md does not have it',
        },
        {
          id: '3.2.discovery',
          text: 'login.veevavault.com tells whether a user signs in with a password or with single sign-on.',
          notBuilt: 'it is another host than the connection’s own, and only of use with single sign-on',
        },
        {
          id: '3.2.access-token',
          text: 'API access tokens are long-lived, of one vault, and shown once. None of them idles out, and it is not ours to end.',
        },
        { id: '3.2.keep-alive', text: 'POST /keep-alive keeps a session from idling out.' },
        { id: '3.2.idle', text: 'A session that was not used for a time that the vault defines has ended.' },
        { id: '3.2.48h', text: 'No session lives longer than 48 hours.' },
        { id: '3.2.sign-out', text: 'DELETE /session ends it.' },
        { id: '3.2.me', text: 'GET /objects/users/me says who is signed in, and with what profile.' },
      ],
    },
    {
      title: '3.3 Limits and errors',
      facts: [
        {
          id: '3.3.job-limit',
          text: 'One question about a job in 10 seconds; over all processes of a profile, and across restarts.',
        },
        {
          id: '3.3.other-clients',
          text: 'The limit is the job’s, not the client’s: two computers that watch one job collide.',
        },
        {
          id: '3.3.limit-status',
          text: 'API_LIMIT_EXCEEDED comes with status 200 by the documents; one client is seen to handle 429, and waits 60 s.',
        },
        {
          id: '3.3.burst',
          text: 'Answers say how much of the burst limit of five minutes is left, for all of a vault’s integrations together.',
        },
        {
          id: '3.3.delay',
          text: 'A vault above its limit delays its answers, and says by how many milliseconds.',
        },
        {
          id: '3.3.burst-of-jobs',
          text: 'The burst headers mean nothing where a job’s status was asked for.',
        },
        {
          id: '3.3.auth-burst',
          text: 'Sign-ins of one user name and vault have a limit of their own.',
          notBuilt: 'one session serves all calls, and a refused password is not sent again',
        },
        {
          id: '3.3.daily',
          text: 'There is no daily limit since v21.1; old versions send a static 999999.',
          notBuilt: 'nothing reads it',
        },
        { id: '3.3.types', text: 'Twenty-five error types are documented, and a twenty-sixth is counted.' },
        {
          id: '3.3.in-progress',
          text: 'OPERATION_IN_PROGRESS: what was to be started runs already.',
        },
        { id: '3.3.race', text: 'RACE_CONDITION passes by itself.' },
        {
          id: '3.3.no-idempotency',
          text: 'There is no idempotency key: after a lost answer no list can tell whether a start happened.',
        },
      ],
    },
    {
      title: '3.4 Jobs',
      facts: [
        { id: '3.4.status', text: 'GET /services/jobs/{id}: status, method, links, who and when.' },
        {
          id: '3.4.statuses',
          text: 'SCHEDULED, QUEUEING, QUEUED, RUNNING are open; SUCCESS, ERRORS_ENCOUNTERED, CANCELLED, TIMEOUT, COMPLETED_DUE_TO_INACTIVITY, MISSED_SCHEDULE closed; histories know failed_to_run too.',
        },
        {
          id: '3.4.errors-encountered',
          text: 'ERRORS_ENCOUNTERED may have brought something: the results decide.',
        },
        { id: '3.4.end-absent', text: 'run_end_date is absent while a job runs.' },
        { id: '3.4.missing-method', text: 'method can be missing, seen with a job that ended well.' },
        { id: '3.4.links', text: 'Links to artifacts come when a job has ended; they have no host.' },
        { id: '3.4.self-link', text: 'The published sample has id 1201 and a self link to 1601.' },
        {
          id: '3.4.zone',
          text: 'Times of scheduled jobs are in the vault’s zone though they end in Z; which zone that is no answer says.',
        },
        { id: '3.4.ids', text: 'Ids are numbers here and text there.' },
        { id: '3.4.job-key', text: 'A community client’s answers have `job` for `data`.' },
        {
          id: '3.4.example-kinds',
          text: 'Binder Export, Import Submission, Export Submission, Create EDL, Deploy Package, Deep Copy, Cascade Delete and Export Documents are all asked about by their ids.',
        },
        { id: '3.4.lists', text: 'Histories have what has ended, monitors what has not.' },
        {
          id: '3.4.next-page',
          text: 'Pages of 1 to 200; what the documents say of offset differs, so next_page is followed, which may be null or absent, on the vault’s own host.',
        },
        { id: '3.4.start-now', text: 'POST /services/jobs/start_now/{id} runs a scheduled job now.' },
        {
          id: '3.4.start-now-cancels',
          text: 'That cancels the scheduled run of the current interval.',
        },
        { id: '3.4.start-now-unknown', text: 'For a job that is not there it says FAILURE with status 200.' },
        {
          id: '3.4.tasks',
          text: 'Jobs of the Java SDK have tasks and progress; the list of tasks may be empty.',
        },
        {
          id: '3.4.cancel',
          text: 'A job is cancelled in Vault’s own pages; the API has no call for it.',
        },
      ],
    },
    {
      title: '3.5 Document export',
      facts: [
        {
          id: '3.5.request',
          text: 'POST …/fileextract with source, renditions, allversions in the query, and a list of ids; job_id is text.',
        },
        { id: '3.5.text', text: 'The option text came with v26.2.' },
        { id: '3.5.versions', text: 'Versions have a call of their own, for 10,000 at most.' },
        { id: '3.5.results', text: 'Results name each item’s file, or its errors.' },
        { id: '3.5.item-failure', text: 'One item may fail where others do not.' },
        {
          id: '3.5.rights',
          text: 'Only a vault owner, a system administrator or whoever began an export may see its results.',
        },
        {
          id: '3.5.prefix',
          text: 'A file’s path is below its user’s folder: for owners and system administrators, whose root is the whole server, with `u` and the user’s id before it.',
        },
        { id: '3.5.path', text: 'Names hold blanks, apostrophes and anything else.' },
        { id: '3.5.encoded', text: 'Each segment of a path is encoded by itself.' },
      ],
    },
    {
      title: '3.6 Binder export',
      facts: [
        {
          id: '3.6.start',
          text: 'The answer’s key is URL, in capitals, and its address is whole.',
        },
        { id: '3.6.results', text: 'Results are one item, flat in the answer.' },
        {
          id: '3.6.options',
          text: 'Versions of a binder, sections, attachments, and fields can be asked for.',
          notBuilt: 'the request files of cli.md have the binder alone',
        },
      ],
    },
    {
      title: '3.7 File staging',
      facts: [
        { id: '3.7.ranges', text: 'A file can be fetched in ranges of at most 50 MB.' },
        {
          id: '3.7.range-status',
          text: 'Whether a range is answered with 206 or 200 is not known: Content-Range tells.',
        },
        { id: '3.7.empty', text: 'A file without bytes has no range.' },
        {
          id: '3.7.disposition',
          text: 'There is no blank behind the semicolon of Content-Disposition here, and one in Direct Data.',
        },
        { id: '3.7.removed', text: 'What an export made is removed after 72 hours.' },
        {
          id: '3.7.list',
          text: 'Folders can be listed, page by page, by a cursor.',
          notBuilt: 'results name every file of a job',
        },
      ],
    },
    {
      title: '3.8 Direct Data',
      facts: [
        {
          id: '3.8.files',
          text: 'Files of what changed every quarter of an hour, full ones and logs are offered by period.',
        },
        { id: '3.8.error-entry', text: 'An entry may be an error that says when the file will be made.' },
        { id: '3.8.minutes', text: 'Times have no seconds in answers, and have them in requests.' },
        { id: '3.8.full', text: 'Full files begin in the year 2000.' },
        { id: '3.8.empty', text: 'An empty list is usual where Direct Data is not switched on.' },
        { id: '3.8.first', text: 'Before the first full file was made the list is a FAILURE.' },
        { id: '3.8.parts', text: 'Large files come in parts, which are joined in order.' },
        { id: '3.8.md5', text: 'Each part has an MD5.' },
        {
          id: '3.8.inside',
          text: 'Inside are a manifest, metadata, and a file for each extract, in folders.',
        },
      ],
    },
    {
      title: '3.9 Queries and the Loader',
      facts: [
        { id: '3.9.query', text: 'POST /query takes a form, and names the next page.' },
        {
          id: '3.9.loader',
          text: 'The Loader extracts ten objects at once; the key of their kind was renamed.',
        },
        { id: '3.9.loader-results', text: 'Each of its tasks has a CSV.' },
        { id: '3.9.empty-body', text: 'The answer is empty where the task failed.' },
      ],
    },
  ],
}

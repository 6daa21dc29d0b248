import type { FactList } from './fact.ts'

/** What public material says of SAP Concur's Extract API v1.0. Nothing here was checked against a live system. */
export const concurFacts: FactList = {
  name: 'concur',
  title: 'SAP Concur: facts and their tests',
  about:
    'What public material says of SAP Concur’s sign-in and Extract API v1.0, quirks included, and the tests that show that Extract Desk lives with each. Nothing here was checked against a live system. This page is written by the tests (test/facts); a fact without a test that passed fails `npm test`.',
  sections: [
    {
      title: '1.1 Hosts',
      facts: [
        {
          id: '1.1.www',
          text: 'us2, eu2, apj1, usg, us-impl and emea-impl have a second host, `www-…`, which never asks for a client certificate: the right one for an app on a desk. A named data centre is called under it, unless the user typed the other.',
        },
        { id: '1.1.glz', text: 'glz has no such host in SAP’s table.' },
        { id: '1.1.older', text: 'Hosts of the older table (`us.api…`) still appear in answers.' },
        {
          id: '1.1.suffix',
          text: 'A geolocation is checked by its domain, concursolutions.com or concurcdc.cn, not against a list of hosts.',
        },
        {
          id: '1.1.wrong-host',
          text: 'A sandbox called at a production host answers with an error of the “client unknown” kind.',
        },
        {
          id: '1.1.legacy-host',
          text: 'Legacy hosts take legacy tokens, and are seen to take a Bearer token too.',
        },
        {
          id: '1.1.names',
          text: 'SAP calls the same thing geolocation, baseURI, datacenterURI, InstanceURL and datacenter.',
          notBuilt:
            'a matter of words; the code says geolocation for what an answer names, origin for what is called',
        },
      ],
    },
    {
      title: '1.2 Sign-in',
      facts: [
        { id: '1.2.token-request', text: 'POST /oauth2/v0/token takes a form with a Content-Length.' },
        {
          id: '1.2.answer',
          text: 'The answer has a token, its lifetime, and often a refresh token, its end and a geolocation.',
        },
        {
          id: '1.2.grant-company',
          text: 'Grant password for a company: its UUID and company request token as user and password, credtype=authtoken.',
        },
        { id: '1.2.grant-password', text: 'Grant password for a user: credtype=password.' },
        { id: '1.2.grant-refresh', text: 'Grant refresh_token.' },
        {
          id: '1.2.grant-client-credentials',
          text: 'Grant client_credentials: the answer has no refresh token.',
        },
        {
          id: '1.2.grant-otp',
          text: 'Grant otp: a code by e-mail.',
          notBuilt: 'it asks a person each time; an app that works at night cannot',
        },
        {
          id: '1.2.grant-code',
          text: 'Grant authorization_code with a browser.',
          notBuilt:
            'it needs a redirect address registered with SAP for this app; a company’s administrator gets a refresh token without one',
        },
        {
          id: '1.2.base',
          text: 'The first sign-in goes to the address the user typed, later ones to the geolocation stored with the token.',
        },
        {
          id: '1.2.expires-in',
          text: 'expires_in is a text in the documents and a number in recorded answers.',
        },
        {
          id: '1.2.refresh-expires-in',
          text: 'refresh_expires_in is a point in time in seconds since 1970, not a duration.',
        },
        {
          id: '1.2.geolocation-url',
          text: 'geolocation may be the whole address of the token endpoint: its origin counts.',
        },
        { id: '1.2.extra-keys', text: 'Unknown keys occur in answers.' },
        { id: '1.2.lifetime-access', text: 'An access token lives an hour.' },
        { id: '1.2.lifetime-refresh', text: 'A refresh token lives six months from its last use.' },
        {
          id: '1.2.rotation',
          text: 'A refresh token usually stays the same, and may rotate: value, end and geolocation are always overwritten.',
        },
        {
          id: '1.2.company-token-24h',
          text: 'A company request token lives 24 hours: it is traded for a refresh token.',
        },
        {
          id: '1.2.self-service',
          text: 'Tokens are made in Administration › Company › Authentication Admin, with the permission Web Services Administration.',
          notBuilt: 'nothing for the engine to do; the form that adds a connection says it',
        },
        {
          id: '1.2.scope',
          text: 'Extract needs the scope EXTRCT; a token without it is rejected however new it is.',
        },
        {
          id: '1.2.secret-rotation',
          text: 'Several client secrets can be active; an API of its own rotates them (pre-release).',
          notBuilt: 'pre-release, and the administrator’s business: new secrets are typed under Sign in',
        },
        {
          id: '1.2.revoke',
          text: 'DELETE /app-mgmt/v0/connections revokes the app’s tokens.',
          notBuilt: 'it would also end the tokens of other installations of the same app',
        },
        {
          id: '1.2.jwks',
          text: '/oauth2/v0/jwks has the keys that sign id tokens.',
          notBuilt: 'no id token is used',
        },
        {
          id: '1.2.legacy-sign-in',
          text: 'Sign-in from before 2017: GET accesstoken.ashx with user, password and consumer key.',
          notBuilt: 'deprecated; a token that was got that way is used with the kind access-token',
        },
        {
          id: '1.2.error-body',
          text: 'A refusal has code, error, error_description and sometimes geolocation, in JSON.',
        },
        { id: '1.2.error-5xx', text: '500 and 503 of the token endpoint say nothing of the secret.' },
        { id: '1.2.code-credentials', text: 'Codes 5, 19, 64: wrong credentials.' },
        { id: '1.2.code-disabled', text: 'Codes 10, 11, 123: account or principal disabled.' },
        { id: '1.2.code-denied', text: 'Codes 12, 13: logon denied.' },
        { id: '1.2.code-locked', text: 'Code 14: account locked.' },
        {
          id: '1.2.code-16',
          text: 'Code 16: the user lives elsewhere; the same call is repeated at the geolocation in the error.',
        },
        { id: '1.2.code-ip', text: 'Code 20: IP restriction.' },
        { id: '1.2.code-sso', text: 'Code 21: a user of single sign-on tried a password.' },
        { id: '1.2.code-company', text: 'Code 53: the company is not enabled for this client.' },
        { id: '1.2.code-scope', text: 'Code 54: the scope exceeds the grant.' },
        { id: '1.2.code-client', text: 'Code 59: client disabled.' },
        { id: '1.2.code-grant', text: 'Code 60: grant not allowed.' },
        { id: '1.2.code-unknown-client', text: 'Code 61: client unknown.' },
        {
          id: '1.2.code-refresh-token',
          text: 'Codes 106, 108: refresh token missing, bad or expired; the administrator makes a new company request token.',
        },
        { id: '1.2.code-119', text: 'Code 119 stands in SAP’s table twice, with two meanings.' },
        { id: '1.2.code-maintenance', text: 'Code 134: the company undergoes scheduled maintenance.' },
        { id: '1.2.code-format', text: 'Code 135: unsupported request format.' },
        { id: '1.2.code-other-client', text: 'Code 136: the request token was made for another client.' },
        { id: '1.2.code-password', text: 'Code 139: the password must be changed.' },
      ],
    },
    {
      title: '1.3 Headers of Extract calls',
      facts: [
        {
          id: '1.3.scheme',
          text: 'Legacy tokens go as `Authorization: OAuth`, those of the token endpoint as `Bearer`.',
        },
        {
          id: '1.3.correlation',
          text: 'SAP asks for the concur-correlationid of a request; an answer has one too, in varying letter case.',
        },
        {
          id: '1.3.accept-json',
          text: '`Accept: application/json` makes the service answer JSON; undocumented.',
        },
        {
          id: '1.3.role',
          text: 'The account needs the role Company Administrator or Web Services Administrator (Standard: Can Administer).',
        },
      ],
    },
    {
      title: '1.4 Endpoints',
      facts: [
        {
          id: '1.4.definitions',
          text: 'GET /api/expense/extract/v1.0/ lists the definitions; documented with the final slash.',
        },
        { id: '1.4.definitions-json', text: 'Their JSON form is a bare list.' },
        { id: '1.4.definition', text: 'GET /{DefId} is one of them, its elements in another order.' },
        { id: '1.4.definition-json', text: 'Its JSON form is one object.' },
        { id: '1.4.jobs', text: 'GET /{DefId}/job lists the last 100 jobs, without pages or filters.' },
        { id: '1.4.jobs-json', text: 'Their JSON form is a bare list.' },
        { id: '1.4.jobs-order', text: 'The order of that list is not documented.' },
        { id: '1.4.start-request', text: 'POST /{DefId}/job starts a job; Content-Type application/xml.' },
        {
          id: '1.4.start-body',
          text: 'The documents require a body that names the definition; SAP’s own collection sends none.',
        },
        { id: '1.4.start-answer', text: 'The answer is 201 with the job.' },
        {
          id: '1.4.start-location',
          text: 'Its Location is the job’s address; the body’s id decides, also where Location names the definition.',
        },
        { id: '1.4.start-409', text: '409: a job of this definition is queued or running.' },
        { id: '1.4.job', text: 'GET /{DefId}/job/{JobId} is one job.' },
        { id: '1.4.status', text: 'GET /{DefId}/job/{JobId}/status has the same element.' },
        { id: '1.4.status-path', text: 'The documents also print that path as /{DefId}/job/status.' },
        {
          id: '1.4.two-ids',
          text: 'The documents list two ids for a status: the job’s and the definition’s.',
        },
        { id: '1.4.finished', text: 'stop-time and file-link are there once a job has finished.' },
        { id: '1.4.file', text: 'GET /{DefId}/job/{JobId}/file has the files.' },
        { id: '1.4.file-csv', text: 'One file comes as text/csv.' },
        { id: '1.4.file-zip', text: 'Several come as application/zip.' },
        {
          id: '1.4.file-other',
          text: 'SAP’s sample takes every other content type for text; the name in Content-Disposition is unconfirmed.',
        },
        {
          id: '1.4.file-not-there',
          text: 'What comes before a job has finished is unconfirmed; 404 is the only documented error.',
        },
        { id: '1.4.file-range', text: 'Ranges are unconfirmed: without support the whole file comes again.' },
      ],
    },
    {
      title: '1.5 Job states',
      facts: [
        { id: '1.5.queued', text: 'Queued.' },
        { id: '1.5.running', text: 'Running.' },
        { id: '1.5.completed', text: 'Completed, in the documents of the status.' },
        { id: '1.5.complete', text: 'Complete, in the samples of list and details.' },
        { id: '1.5.number', text: '2 for completed, in JSON; other numbers are unconfirmed.' },
        { id: '1.5.failed', text: 'Failed: an end, without file-link.' },
        { id: '1.5.unknown', text: 'Anything else is not an end.' },
        { id: '1.5.no-file-link', text: 'A finished job may lack its file-link.' },
      ],
    },
    {
      title: '1.6 HTTP status codes and errors',
      facts: [
        { id: '1.6.400', text: '400: bad address, bad body, missing field.' },
        { id: '1.6.400-limit', text: '400 also: request limit exceeded.' },
        { id: '1.6.400-deadlock', text: '400 also: database deadlock, retry shortly.' },
        { id: '1.6.400-chunked', text: '400 also: a chunked request body.' },
        { id: '1.6.401', text: '401: no Authorization header at all.' },
        { id: '1.6.403', text: '403: an expired or revoked token, or a missing right.' },
        { id: '1.6.404', text: '404: wrong id of a definition or a job.' },
        { id: '1.6.409', text: '409: the same definition is queued or running.' },
        {
          id: '1.6.429',
          text: '429: too many requests; one sample said retry-after: 0, so we have a pause of our own.',
        },
        { id: '1.6.500', text: '500: server error.' },
        { id: '1.6.503', text: '503: maintenance; 5 minutes of sleep.' },
        { id: '1.6.silence', text: 'No answer within 60 s: 5 minutes, then again.' },
        { id: '1.6.xml-error', text: 'An error in XML: Message, Server-Time without a zone, Id.' },
        { id: '1.6.nested-message', text: 'Message may hold elements in place of text.' },
        { id: '1.6.wrapper', text: 'An outer StatusCode and Content are documented.' },
        { id: '1.6.json-error', text: 'The same error in JSON.' },
        { id: '1.6.new-json-error', text: 'Newer services have another JSON form.' },
        { id: '1.6.html', text: 'Gateways may answer with HTML.' },
      ],
    },
    {
      title: '1.7 Payload quirks',
      facts: [
        { id: '1.7.1', text: 'Ids are addresses with `$` in them, and live ones carry an explicit `:443`.' },
        {
          id: '1.7.2',
          text: 'Links point at www.concursolutions.com even when another host was called; none is called as it is.',
        },
        { id: '1.7.3', text: 'A job-link may lack its final /job.' },
        { id: '1.7.4', text: 'A status-link may stand under /api/extract instead of /api/expense/extract.' },
        { id: '1.7.5', text: 'Blanks before links; a no-break space behind elements, once decoded wrongly.' },
        { id: '1.7.6', text: 'A stray `>` at the end of an id.' },
        {
          id: '1.7.7',
          text: 'Times come with Z or without a zone, which means UTC, and with 2 or 3 digits of a second.',
        },
        {
          id: '1.7.8',
          text: 'The namespace is literally `...`, or the 2010/02 one, with or without an unused prefix.',
        },
        { id: '1.7.9', text: 'The order of elements differs; a list may contain a job with an empty id.' },
        { id: '1.7.10', text: 'JSON keys keep their hyphens.' },
      ],
    },
  ],
}

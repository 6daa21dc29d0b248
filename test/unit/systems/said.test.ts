import { expect, test } from 'vitest'
import { saidIn } from '../../../main/core/systems/said.ts'

test.each([
  [
    '[concur:1.6.xml-error] the message of an XML error; Server-Time has no zone and is not read',
    '<Error><Message>Something went wrong</Message><Server-Time>2031-01-02T03:04:05</Server-Time><Id>AAAA</Id></Error>',
    'Something went wrong',
  ],
  [
    '[concur:1.6.nested-message] elements in place of the text',
    '<Error xmlns="x"><Message><Reason>Field</Reason> <Detail>id\nis missing</Detail></Message><Id>AAAA</Id></Error>',
    'Field id is missing',
  ],
  [
    '[concur:1.6.wrapper] an outer StatusCode and Content',
    '<Response><StatusCode>400</StatusCode><Content><Error><Message>Bad &amp; wrong</Message></Error></Content></Response>',
    'Bad & wrong',
  ],
  [
    '[concur:1.6.json-error] the same in JSON',
    '{"Error":{"Message":"No such job","Server-Time":"2031-01-02T03:04:05","Id":"AAAA"}}',
    'No such job',
  ],
  [
    '[concur:1.6.new-json-error] the newer services’ form',
    '{"timestamp":"2031-01-02T03:04:05Z","httpStatus":"429 Too Many Requests","error":{"id":"security.rate.limit.reached","message":"Too many requests"},"path":"/x"}',
    'Too many requests',
  ],
  [
    '[concur:1.2.error-body] OAuth’s',
    '{"code":108,"error":"invalid_grant","error_description":"bad or expired refresh token","geolocation":"https://eu2.api.concursolutions.com"}',
    'bad or expired refresh token',
  ],
  ['OAuth’s without a description', '{"error":"invalid_grant"}', 'invalid_grant'],
  [
    '[concur:1.6.html] the title of a web page',
    '\n<!DOCTYPE html>\n<html><head><title>\n Scheduled\tmaintenance </title></head><body>…</body></html>',
    'Scheduled maintenance',
  ],
  ['a web page without a title', '<html><body>Sign in</body></html>', ''],
  ['XML without a message: its text', '<string>Not now</string>', 'Not now'],
  ['XML that is none', '<Error><Message>cut', ''],
  ['JSON that is none', '{"Error":', ''],
  ['JSON without a message', '{"status":3}', ''],
  ['a list of errors', '[{"message":"one"},{"message":"two"}]', 'one'],
  ['text, on one line', ' upstream\r\nrequest\u0000timeout ', 'upstream request timeout'],
  ['nothing', '', ''],
])('%s', (_name, body, said) => {
  expect(saidIn(body)).toBe(said)
})

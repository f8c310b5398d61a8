import { expect, it } from 'vitest';
import { tellableCause, tellablePlace } from './incident-place.ts';

it.each([
  'index',
  'event AZndwAAAcACAAAAAAAAAAQ.17',
  'event 4-1',
  'block 7',
  'block 7 first_leaf',
  'log/tile/entries block 12',
  'segment 11111111-1111-4111-8111-111111111111',
  'duty verification',
  'disk of archive',
  'channel 11111111-1111-4111-8111-111111111111',
  'checkpoint-way 11111111-1111-4111-8111-111111111111',
  'review 2026-11-30',
  'alert 11111111-1111-4111-8111-111111111111',
  'rule 11111111-1111-4111-8111-111111111111',
  'format own/app',
  'log-group app/payments',
  'stream app/payments web-1',
  'stream app/payments kafka@web-1:9092',
  'host web-1.example.jp',
  '192.0.2.7',
  '2001:db8::7',
  'further addresses',
  'further streams',
  'held checkpoint in the file',
])('a message may name %s', (where) => expect(tellablePlace(where)).toBe(where));

it.each([
  'Failed password for root from 203.0.113.9',
  'password=hunter2',
  'user sato',
  'SATO',
  '山田太郎',
  'sato@example.jp',
  '4980 0000 1234 5678',
  '4980000012345678',
  'event <script>alert(1)</script>',
  'host web-1\nBcc: everybody@example.jp',
  'log-group a b c',
  'stream app/payments 山田のPC',
  '<!channel>',
  '',
])('and leaves %j to the page', (where) => expect(tellablePlace(where)).toBeNull());

it('says a cause only when it is a code', () => {
  expect(tellableCause('index-document-altered')).toBe('index-document-altered');
  expect(tellableCause('http-500')).toBe('http-500');
  for (const cause of ['connect ECONNREFUSED 10.0.0.1', 'Password', '4980000012345678', 'a\nb', 'user=sato', '']) {
    expect(tellableCause(cause), cause).toBeNull();
  }
});

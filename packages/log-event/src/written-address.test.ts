import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isIpAddress } from './ip-address.ts';
import { readWrittenAddress } from './written-address.ts';

it.each([
  ['192.0.2.7', '192.0.2.7', ''],
  ['192.0.2.7:51234', '192.0.2.7', '51234'],
  ['192.0.2.7#53', '192.0.2.7', '53'],
  ['192.0.2.7(51234)', '192.0.2.7', '51234'],
  ['192.0.2.7:51234:X1:fw.example', '192.0.2.7', '51234'],
  ['2001:db8::1', '2001:db8::1', ''],
  ['[2001:db8::1]', '2001:db8::1', ''],
  ['[2001:db8::1]:443', '2001:db8::1', '443'],
  ['2001:db8:0:0:0:0:0:1:443', '2001:db8:0:0:0:0:0:1', '443'],
  ['fe80::1%eth0', 'fe80::1', ''],
  ['[fe80::1%eth0]:22', 'fe80::1', '22'],
  ['::ffff:192.0.2.7', '192.0.2.7', ''],
  ['"192.0.2.7"', '192.0.2.7', ''],
  ['203.0.113.1, 10.0.0.2', '203.0.113.1', ''],
  ['203.0.113.1,10.0.0.2', '203.0.113.1', ''],
  ['10.1.1.1, 203.0.113.1, 10.0.0.2', '203.0.113.1', ''],
  ['10.1.1.1, 10.0.0.2', '10.1.1.1', ''],
  ['unknown, 203.0.113.1:5', '203.0.113.1', '5'],
  ['203.0.113.1 10.0.0.2', '203.0.113.1', ''],
  ['for=192.0.2.60;proto=http;by=203.0.113.43', '192.0.2.60', ''],
  ['for="[2001:db8::1]:4711", for=10.0.0.2', '2001:db8::1', '4711'],
])('reads %s', (written, ip, port) => {
  expect(readWrittenAddress(written)).toMatchObject({ ip, port });
});

it.each([
  '',
  '-',
  'unknown',
  'web01',
  'web01:22',
  '1.2.3',
  '192.0.2.7:70000',
  '192.0.2.7:x',
  '[::1',
  'from 192.0.2.7',
  '12:08:10',
])('names no address: %s', (written) => {
  expect(readWrittenAddress(written)).toBeUndefined();
});

it('gives back any address with any port, alone and as the client of a list', () => {
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6().filter((ip) => isIpAddress(ip) && !ip.toLowerCase().startsWith('::ffff:')),
  );
  fc.assert(
    fc.property(address, fc.integer({ min: 0, max: 65_535 }), (ip, port) => {
      const written = ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
      expect(readWrittenAddress(written)).toMatchObject({ ip, port: String(port) });
      expect(readWrittenAddress(`${written}, 10.0.0.2, 10.0.0.3`)?.ip).toBe(ip);
    }),
  );
});

it('looks at each character a bounded number of times', () => {
  for (const part of ['1', '1,', '[', '::', '%', 'for=', '1.1.1.1 ', '"']) readWrittenAddress(part.repeat(100_000));
});

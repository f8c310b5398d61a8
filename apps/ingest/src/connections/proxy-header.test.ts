import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProxyHeader } from './proxy-header.ts';

const signature = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');

function binary(command: number, family: number, addresses: readonly number[]): Buffer {
  const head = Buffer.from([0x20 | command, family, addresses.length >>> 8, addresses.length & 0xff]);
  return Buffer.concat([signature, head, Buffer.from(addresses)]);
}

const ports = [0x30, 0x39, 0x01, 0xbb];

describe('the header of a proxy', () => {
  it('names the sender, in both versions and both families', () => {
    const six = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const cases: [Buffer, string | null][] = [
      [Buffer.from('PROXY TCP4 192.0.2.7 198.51.100.1 40000 443\r\n'), '192.0.2.7'],
      [Buffer.from('PROXY TCP6 2001:db8::1 2001:db8::2 40000 443\r\n'), '2001:db8::1'],
      [Buffer.from('PROXY UNKNOWN\r\n'), null],
      [binary(1, 0x11, [192, 0, 2, 7, 198, 51, 100, 1, ...ports]), '192.0.2.7'],
      [binary(1, 0x21, [...six, ...six, ...ports]), '2001:db8:0:0:0:0:0:1'],
      [binary(1, 0x11, [192, 0, 2, 7, 198, 51, 100, 1, ...ports, 0x04, 0, 1, 0]), '192.0.2.7'],
      [binary(0, 0, []), null],
      [binary(1, 0, []), null],
    ];
    for (const [header, address] of cases) {
      const followed = Buffer.concat([header, Buffer.from('<13>PROXY TCP4')]);
      expect(readProxyHeader(followed)).toEqual({ kind: 'read', address, length: header.length });
      for (let length = 0; length < header.length; length += 1) {
        expect(readProxyHeader(header.subarray(0, length))).toEqual({ kind: 'undecided' });
      }
    }
  });

  it('is not there, or cannot be read', () => {
    for (const text of ['GET / HTTP/1.1', '<13>x', 'PROXIMITY', '\x16\x03\x01', '\r\nPOST']) {
      expect(readProxyHeader(Buffer.from(text, 'latin1'))).toEqual({ kind: 'none' });
    }
    for (const header of [
      Buffer.from('PROXY TCP4 2001:db8::1 198.51.100.1 1 2\r\n'),
      Buffer.from('PROXY TCP4 192.0.2.7 x 1 2\r\n'),
      Buffer.from('PROXY UDP4 192.0.2.7 198.51.100.1 1 2\r\n'),
      Buffer.from(`PROXY ${'x'.repeat(200)}\r\n`),
      Buffer.concat([signature, Buffer.from([0x11, 0x11, 0, 0])]),
      Buffer.concat([signature, Buffer.from([0x21, 0x11, 0xff, 0xff])]),
    ]) {
      expect(readProxyHeader(header)).toEqual({ kind: 'invalid' });
    }
  });

  it('never makes an address out of bytes that are none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const read = readProxyHeader(Buffer.concat([signature, bytes]));
        if (read.kind === 'read' && read.address !== null) expect(read.address).toMatch(/^[0-9a-f.:]+$/);
      }),
    );
  });
});

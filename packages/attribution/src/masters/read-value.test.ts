import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnTypes } from './master-definition.ts';
import { readAddress, readMac } from './network-address.ts';
import { readValue, sharedOf } from './read-value.ts';
import { foldName } from './written-name.ts';

describe('readMac', () => {
  it.each([
    '00-00-5e-00-53-01',
    '00:00:5E:00:53:01',
    '0000.5e00.5301',
    '00005e005301',
    '0:0:5e:0:53:1',
    '00 00 5E 00 53 01',
    '００－００－５ｅ－００－５３－０１',
    ' 00005e-005301 ',
  ])('reads %s', (written) => {
    expect(readMac(written)).toBe('00-00-5E-00-53-01');
  });

  it.each([
    '',
    '00-00-5e-00-53',
    '00-00-5e-00-53-0g',
    '00-00-5e-00-53-01-02',
    '00:00-5e:00:53:01',
    '0-0005e-005301',
    '000-00-5e-00-53-01',
  ])('refuses %j', (written) => {
    expect(readMac(written)).toBeUndefined();
  });

  it('gives the same for every way of writing the same octets', () => {
    const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(octets, fc.constantFrom('-', ':', ' ', ''), fc.boolean(), (parts, separator, isUpper) => {
        const hex = parts.map((part) => part.toString(16).padStart(2, '0'));
        const written = hex.join(separator);
        const dotted = `${hex.slice(0, 2).join('')}.${hex.slice(2, 4).join('')}.${hex.slice(4).join('')}`;
        expect(readMac(isUpper ? written.toUpperCase() : written)).toBe(hex.join('-').toUpperCase());
        expect(readMac(dotted)).toBe(hex.join('-').toUpperCase());
      }),
    );
  });
});

describe('readAddress', () => {
  it.each([
    ['192.168.0.1', '192.168.0.1'],
    ['192.168.000.001', '192.168.0.1'],
    ['１９２．１６８．０．１', '192.168.0.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ])('reads %s', (written, address) => {
    expect(readAddress(written)).toBe(address);
  });

  it.each([
    '',
    '192.168.0',
    '192.168.0.256',
    '192.168.0.1.1',
    'fe80::1%eth0',
    ':::',
    '1:2',
    '1::2::3',
    'g::1',
    '192.168.0.1:80',
    '1:2:3:4:5:6:7::8:9',
    '::1.2.3.256',
  ])('refuses %j', (written) => {
    expect(readAddress(written)).toBeUndefined();
  });

  it('reads what it gives as the same address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (written) => {
        const address = readAddress(written);
        expect(address).toBeDefined();
        expect(readAddress(address ?? '')).toBe(address);
      }),
    );
  });
});

describe('readValue', () => {
  it('keeps the zeros of an id, and what spreadsheets write around it', () => {
    for (const written of ['00050', '="00050"', ' ００050 '])
      expect(readValue(written, 'account')).toEqual({ value: '00050' });
    expect(readValue("'-dash", 'account')).toEqual({ value: '-dash' });
    expect(readValue("O'Neil", 'account')).toEqual({ value: "O'Neil" });
  });

  it('reads line breaks and blanks of a cell as one space, and half-width katakana as katakana', () => {
    expect(readValue('ｻｰﾊﾞ\r\n　A', 'name')).toEqual({ value: 'サーバ A' });
  });

  it.each([
    ['○', 'true'],
    ['対象', 'true'],
    ['Yes', 'true'],
    ['対象外', 'false'],
    ['×', 'false'],
    ['0', 'false'],
  ])('reads %s as %s', (written, value) => {
    expect(readValue(written, 'yes-no')).toEqual({ value });
  });

  it('refuses what its column cannot hold', () => {
    expect(readValue('perhaps', 'yes-no')).toEqual({ fault: 'yes-no' });
    expect(readValue('no mail', 'email')).toEqual({ fault: 'email' });
    expect(readValue('10.0.0.0/33', 'addresses')).toEqual({ fault: 'addresses' });
    expect(readValue('a\u0000b', 'text')).toEqual({ fault: 'character' });
    expect(readValue('\ud800', 'text')).toEqual({ fault: 'character' });
    expect(readValue('x'.repeat(501), 'text')).toEqual({ fault: 'too-long' });
  });

  it('reads lists of addresses and of shared accounts', () => {
    expect(readValue('10.0.0.1、10.1.0.0/16; 10.0.0.1', 'addresses')).toEqual({ value: '10.0.0.1, 10.1.0.0/16' });
    expect(sharedOf('true')).toEqual({ device: true, accounts: [] });
    expect(sharedOf('oracle, batch')).toEqual({ device: false, accounts: ['oracle', 'batch'] });
    for (const none of [undefined, '', 'false']) expect(sharedOf(none)).toEqual({ device: false, accounts: [] });
  });

  it('never throws, and reads its own values as the same values', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.ipV4(), fc.ipV6(), fc.emailAddress());
    fc.assert(
      fc.property(cell, fc.constantFrom(...columnTypes), (written, type) => {
        const result = readValue(written, type);
        if ('fault' in result) return;
        expect(readValue(result.value, type)).toEqual(result);
      }),
    );
  });
});

describe('foldName', () => {
  it('finds the same name in its ways of writing, and no other', () => {
    for (const written of ['Server A', 'server-a', 'ＳＥＲＶＥＲ＿Ａ', 'ServerA', ' server　a '])
      expect(foldName(written)).toBe('servera');
    expect(foldName('入退室システム')).not.toBe(foldName('入退室 システム2'));
    expect(foldName('-')).toBe('-');
  });

  it('is its own fold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (written) => {
        expect(foldName(foldName(written))).toBe(foldName(written));
      }),
    );
  });
});

import { BlockList } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressNetwork, isAddressAllowed, parseAddressRange, rangeContains, rangesOverlap } from './address-range.ts';

it('means what the system means by a range', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (network, prefix, address) => {
      const list = new BlockList();
      list.addSubnet(network, prefix);
      const range = parseAddressRange(`${network}/${prefix}`);
      expect(range !== undefined && rangeContains(range, address)).toBe(list.check(address));
    }),
  );
  fc.assert(
    fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), fc.ipV6(), (network, prefix, address) => {
      fc.pre(!network.includes('.') && !address.includes('.'));
      const list = new BlockList();
      list.addSubnet(network, prefix, 'ipv6');
      const range = parseAddressRange(`${network}/${prefix}`);
      expect(range !== undefined && rangeContains(range, address)).toBe(list.check(address, 'ipv6'));
    }),
  );
});

it('knows the network of one caller: the address of IPv4, the first half of IPv6', () => {
  expect(addressNetwork('192.0.2.1')).toBe('192.0.2.1');
  expect(addressNetwork('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(addressNetwork('2001:DB8::1')).toBe('2001:db8:0:0');
  expect(addressNetwork('2001:db8:0:0:ffff::')).toBe('2001:db8:0:0');
  expect(addressNetwork('somewhere')).toBe('somewhere');
});

it('reads nothing that is no address', () => {
  for (const text of [
    '',
    'x',
    '1.2.3',
    '1.2.3.4/33',
    '1.2.3.4/',
    '01.2.3.4',
    '1::2::3',
    '::1/129',
    '1:2:3:4:5:6:7:8:9',
    '1.2.3.4/8/9',
  ])
    expect(parseAddressRange(text), text).toBeUndefined();
});

it('overlaps and allows', () => {
  const range = (text: string) => {
    const read = parseAddressRange(text);
    if (read === undefined) throw new Error(text);
    return read;
  };
  expect(rangesOverlap(range('10.0.0.0/8'), range('10.1.0.0/16'))).toBe(true);
  expect(rangesOverlap(range('10.0.0.0/16'), range('10.1.0.0/16'))).toBe(false);
  expect(rangesOverlap(range('::/0'), range('10.1.0.0/16'))).toBe(false);
  expect(isAddressAllowed([], '192.0.2.1')).toBe(true);
  expect(isAddressAllowed(['anywhere'], '192.0.2.1')).toBe(false);
  expect(isAddressAllowed(['192.0.2.0/24'], '::ffff:192.0.2.1')).toBe(true);
});

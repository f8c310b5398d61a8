import { describe, expect, it } from 'vitest';
import { isRangeTooWide, sendersClash, type SenderName } from './sender-claim.ts';

const shortest = { ipv4: 16, ipv6: 48 };
const sender = (addressRange: string | null, certificateFingerprint: string | null = null): SenderName => ({
  addressRange,
  certificateFingerprint,
});

describe('a range of senders', () => {
  it.each(['10.0.0.0/8', '0.0.0.0/0', '172.16.0.0/15', '2001:db8::/32', '::/0', 'no range'])('%s is too wide', (text) =>
    expect(isRangeTooWide(text, shortest)).toBe(true),
  );
  it.each(['10.1.0.0/16', '192.0.2.7', '2001:db8:1::/48', '2001:db8::1'])('%s is not', (text) =>
    expect(isRangeTooWide(text, shortest)).toBe(false),
  );
});

describe('two senders', () => {
  it('clash when a message could be of both', () => {
    expect(sendersClash(sender('192.0.2.0/24'), sender('192.0.2.7'))).toBe(true);
    expect(sendersClash(sender('192.0.2.0/25'), sender('192.0.2.128/25'))).toBe(false);
    expect(sendersClash(sender('192.0.2.0/24', 'aa'), sender('198.51.100.0/24', 'aa'))).toBe(true);
    expect(sendersClash(sender(null, 'aa'), sender('192.0.2.0/24', 'aa'))).toBe(true);
  });

  it('are told apart by their certificates, behind one address', () => {
    expect(sendersClash(sender('192.0.2.7', 'aa'), sender('192.0.2.7', 'bb'))).toBe(false);
    expect(sendersClash(sender('192.0.2.7', 'aa'), sender('192.0.2.7'))).toBe(false);
    expect(sendersClash(sender(null, 'aa'), sender('192.0.2.7'))).toBe(false);
  });
});

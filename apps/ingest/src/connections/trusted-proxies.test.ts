import { describe, expect, it } from 'vitest';
import { createTrustedProxies } from './trusted-proxies.ts';

const proxies = createTrustedProxies(['10.0.0.0/24', '2001:db8::1']);

describe('what a proxy says about a sender', () => {
  it('counts from a named proxy only', () => {
    expect(proxies.senderOf('192.0.2.1', '127.0.0.1')).toBe('192.0.2.1');
    expect(proxies.senderOf('10.0.0.1', '192.0.2.7')).toBe('192.0.2.7');
    expect(proxies.senderOf('2001:db8::1', '::ffff:192.0.2.7')).toBe('192.0.2.7');
    expect(proxies.senderOf('10.0.0.1', undefined)).toBe('10.0.0.1');
    expect(createTrustedProxies([]).senderOf('10.0.0.1', '192.0.2.7')).toBe('10.0.0.1');
  });

  it('is the last address that is not a proxy’s: what a sender put before it says nothing', () => {
    expect(proxies.senderOf('10.0.0.1', '127.0.0.1, 192.0.2.7, 10.0.0.2')).toBe('192.0.2.7');
    expect(proxies.senderOf('10.0.0.1', ['127.0.0.1', '192.0.2.7'])).toBe('192.0.2.7');
    expect(proxies.senderOf('10.0.0.1', '127.0.0.1, unknown')).toBe('10.0.0.1');
    expect(proxies.senderOf('10.0.0.1', '[2001:db8::9]:443')).toBe('2001:db8::9');
    expect(proxies.senderOf('10.0.0.1', '10.0.0.3, 10.0.0.2')).toBe('10.0.0.3');
  });
});

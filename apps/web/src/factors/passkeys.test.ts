import { describe, expect, it } from 'vitest';
import { canHavePasskeys } from './passkeys.ts';

describe('sites that can have passkeys', () => {
  it.each(['localhost', 'logs.example.jp', '10.example.com'])('%s', (host) => expect(canHavePasskeys(host)).toBe(true));
  it.each(['127.0.0.1', '192.168.10.20', '[::1]'])('not %s', (host) => expect(canHavePasskeys(host)).toBe(false));
});

import { describe, expect, it } from 'vitest';

import { fillLogStream } from './host-names.ts';

describe('fillLogStream', () => {
  it('fills in stream names and keeps them legal', () => {
    const names = { hostname: 'web 1', instanceId: 'i-0abc', ipAddress: '10.0.0.1' };
    expect(fillLogStream('{instance_id}/{hostname}/{ip_address}', names)).toBe('i-0abc/web_1/10.0.0.1');
  });
});

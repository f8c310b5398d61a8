import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openWireBody, type WireBody } from './wire-body.ts';

describe('a body on the wire', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open(): { wire: WireBody; sent: PassThrough } {
    const sent = new PassThrough();
    return { wire: openWireBody(sent as unknown as IncomingMessage, () => Date.now()), sent };
  }

  it('is given up when it comes too slowly, and only then', async () => {
    const { wire, sent } = open();
    sent.write(Buffer.alloc(20 * 1024));
    expect(await wire.next()).toHaveLength(20 * 1024);
    const next = wire.next();
    const refused = expect(next).rejects.toMatchObject({ code: 'too-slow' });
    await vi.advanceTimersByTimeAsync(29_000);
    await expect(Promise.race([next, Promise.resolve('waits')])).resolves.toBe('waits');
    await vi.advanceTimersByTimeAsync(2_000);
    await refused;
  });

  it('does not count the time in which nobody asked for it', async () => {
    const { wire, sent } = open();
    await vi.advanceTimersByTimeAsync(100_000);
    const next = wire.next();
    await vi.advanceTimersByTimeAsync(9_000);
    sent.end('x');
    expect(String(await next)).toBe('x');
    expect(await wire.next()).toBeUndefined();
  });

  it('ends with what it is told while it waits', async () => {
    const { wire } = open();
    const refused = expect(wire.next()).rejects.toThrow('no room');
    wire.fail(new Error('no room') as never);
    await refused;
  });
});

import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  AppError,
  armCrashpoint,
  checkReadiness,
  createLogger,
  describeError,
  EnvironmentError,
  errorKinds,
  explainListenError,
  preferredLanguage,
  problemDocument,
  readEnv,
  variables,
} from './index.ts';

describe('readEnv', () => {
  it('gives typed values and defaults, an empty variable being unset', () => {
    const read = readEnv(
      { PORT_BASE: variables.PORT_BASE, DATABASE_URL: variables.DATABASE_URL, REDIS_URL: variables.REDIS_URL },
      { PORT_BASE: '4000', DATABASE_URL: 'postgresql://u@h/d', REDIS_URL: '' },
    );
    expect(read).toEqual({ PORT_BASE: 4000, DATABASE_URL: 'postgresql://u@h/d' });
  });

  it('names every wrong variable and what is expected, never the value', () => {
    const shape = { DATABASE_URL: variables.DATABASE_URL, PORT_BASE: variables.PORT_BASE, OTHER: z.string() };
    const read = (): unknown => readEnv(shape, { DATABASE_URL: 'mysql://secret', PORT_BASE: '99999' });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(/DATABASE_URL: is not a PostgreSQL URL/);
    expect(read).toThrow(/PORT_BASE: is not a whole number from 1 to 65400/);
    expect(read).toThrow(/OTHER: is not set/);
    expect(read).not.toThrow(/secret/);
  });
});

describe('armCrashpoint', () => {
  it('kills at the n-th hit of its own name only', () => {
    const kill = vi.fn();
    const crashpoint = armCrashpoint('after-seal:2', kill);
    crashpoint('after-seal');
    crashpoint('before-seal');
    expect(kill).not.toHaveBeenCalled();
    crashpoint('after-seal');
    crashpoint('after-seal');
    expect(kill).toHaveBeenCalledTimes(1);
  });

  it('does nothing without a spec and refuses a wrong one', () => {
    expect(() => armCrashpoint(undefined)('anything')).not.toThrow();
    expect(() => armCrashpoint('name:0')).toThrow(RangeError);
  });
});

describe('errors', () => {
  it('hides the unexpected and shows the expected with code, place and request id', () => {
    const hidden = problemDocument(describeError(new Error('password is hunter2')), {
      requestId: 'r1',
      language: 'en',
    });
    expect(hidden).toEqual({
      type: 'urn:akashi:problem:internal',
      title: 'An internal error occurred',
      status: 500,
      code: 'internal',
      requestId: 'r1',
    });
    const error = new AppError('query-unreadable', { reason: 'unclosed-quote', position: 4, suggestion: 'a "b"' });
    expect(problemDocument(error, { requestId: 'r2', language: 'ja' })).toMatchObject({
      status: 400,
      title: '検索式に誤りがあります',
      reason: 'unclosed-quote',
      position: 4,
    });
  });

  it('retries only what may pass', () => {
    const soonOtherwise = ['internal', 'not-sealed-yet'];
    for (const [code, kind] of Object.entries(errorKinds)) {
      expect(kind.retryable, code).toBe(soonOtherwise.includes(code) || [408, 429, 503, 504].includes(kind.status));
    }
  });

  it('says in one sentence that a port is taken', () => {
    const taken = Object.assign(new Error('listen'), { code: 'EADDRINUSE' });
    expect(String(explainListenError(taken, { port: 3001, bind: '127.0.0.1' }))).toContain(
      'Port 3001 on 127.0.0.1 is taken by another program: stop it, or set PORT_BASE to another number.',
    );
  });
});

describe('preferredLanguage', () => {
  it.each([
    [undefined, 'en'],
    ['ja', 'ja'],
    ['ja-JP,en;q=0.8', 'ja'],
    ['en-GB,ja;q=0.9', 'en'],
    ['fr,ja;q=0.2', 'ja'],
    ['ja;q=0', 'en'],
  ])('%s is %s', (header, language) => expect(preferredLanguage(header)).toBe(language));

  it('takes anything', () => {
    fc.assert(fc.property(fc.string(), (header) => ['ja', 'en'].includes(preferredLanguage(header))));
  });
});

describe('checkReadiness', () => {
  it('names what fails or hangs', async () => {
    const found = await checkReadiness(
      {
        database: () => Promise.resolve(),
        search: () => Promise.reject(new Error('away')),
        archive: () => new Promise(() => undefined),
      },
      20,
    );
    expect(found).toEqual({ ready: false, missing: ['search', 'archive'] });
  });
});

describe('createLogger', () => {
  it('takes secrets out', () => {
    const stream = new PassThrough();
    createLogger({ name: 'test' }, stream).info({ headers: { authorization: 'Bearer x' }, password: 'y' }, 'Hello.');
    expect(JSON.parse(String(stream.read()))).toMatchObject({
      name: 'test',
      msg: 'Hello.',
      headers: { authorization: '[removed]' },
      password: '[removed]',
    });
  });
});

import { BadRequestException, Controller, Get, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, bootstrapHttpApp, createLogger, createMetrics, StartupError, type HttpApp } from './index.ts';

@Controller()
class SampleController {
  @Get('refused')
  refused(): never {
    throw new AppError('too-many-requests', { retryAfterSeconds: 2.2, params: { limit: 5 } });
  }

  @Get('invalid')
  invalid(): never {
    throw new BadRequestException(['from: expected a time']);
  }

  @Get('broken')
  broken(): never {
    throw new Error('a secret');
  }
}

@Module({ controllers: [SampleController] })
class SampleModule {}

describe('bootstrapHttpApp', () => {
  let http: HttpApp;
  let databaseUp = true;
  const options = () => ({
    port: 0,
    bind: '127.0.0.1',
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    readiness: () => ({ database: () => (databaseUp ? Promise.resolve() : Promise.reject(new Error('down'))) }),
  });

  beforeAll(async () => {
    http = await bootstrapHttpApp(SampleModule, options());
  });
  afterAll(() => http.close());

  it('answers errors as problem documents with a request id', async () => {
    const refused = await fetch(`${http.url}/refused`, {
      headers: { 'x-request-id': 'given-request-1', 'accept-language': 'ja' },
    });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('3');
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('x-request-id')).toBe('given-request-1');
    expect(await refused.json()).toMatchObject({
      code: 'too-many-requests',
      title: 'リクエストが多すぎます',
      params: { limit: 5 },
    });
    expect(await (await fetch(`${http.url}/invalid`)).json()).toMatchObject({
      code: 'request-invalid',
      detail: 'from: expected a time',
    });
    expect(await (await fetch(`${http.url}/nowhere`)).json()).toMatchObject({ status: 404, code: 'not-found' });
    const broken = await (await fetch(`${http.url}/broken`)).text();
    expect(JSON.parse(broken)).toMatchObject({ status: 500, code: 'internal' });
    expect(broken).not.toContain('secret');
  });

  it('is alive, ready when its parts are, and measured', async () => {
    expect((await fetch(`${http.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${http.url}/readyz`)).json()).toEqual({ status: 'ready', missing: [] });
    databaseUp = false;
    const unready = await fetch(`${http.url}/readyz`);
    expect([unready.status, await unready.json()]).toEqual([503, { status: 'not-ready', missing: ['database'] }]);
    const metrics = await (await fetch(`${http.url}/metrics`)).text();
    expect(metrics).toMatch(/http_request_duration_seconds_count\{.*route="\/refused".*\} 1/);
    expect(metrics).toContain('app="test"');
  });

  it('says which port is taken', async () => {
    await expect(bootstrapHttpApp(SampleModule, { ...options(), port: http.port })).rejects.toThrow(StartupError);
  });
});

import fastify from 'fastify';
import { expect, it } from 'vitest';
import { addAnswerHeaders } from './answer-headers.ts';

async function headersOf(path: string, overHttps: boolean): Promise<Record<string, unknown>> {
  const server = fastify();
  addAnswerHeaders(server, { overHttps });
  server.get('/logs', () => ({ items: [] }));
  server.get('/description', (_request, reply) => reply.header('cache-control', 'no-cache').send({}));
  server.get('/fault', () => {
    throw new Error('fault');
  });
  const { headers } = await server.inject(path);
  await server.close();
  return headers;
}

it('keeps answers out of caches, faults too, unless a route says otherwise', async () => {
  for (const path of ['/logs', '/fault', '/nowhere'])
    expect(await headersOf(path, false)).toMatchObject({ 'cache-control': 'no-store' });
  expect(await headersOf('/description', false)).toMatchObject({ 'cache-control': 'no-cache' });
});

it('binds browsers to HTTPS where people come by it, and nowhere else', async () => {
  expect(await headersOf('/logs', true)).toMatchObject({ 'strict-transport-security': 'max-age=31536000' });
  expect(await headersOf('/logs', false)).not.toHaveProperty('strict-transport-security');
});

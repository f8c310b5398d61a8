import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { keepOwnForwarding, type RequestHeaders } from './forwarded-for.ts';

const proxies = ['10.0.0.0/24'];

function kept(peer: string, headers: RequestHeaders): RequestHeaders {
  const copy = { ...headers };
  keepOwnForwarding(copy, { peer, proxies });
  return copy;
}

describe('what a request says about its way', () => {
  it('counts for nothing when it comes from anybody', () => {
    const written = {
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'a.example',
      'x-forwarded-port': '443',
      'x-real-ip': '192.0.2.1',
      forwarded: 'for=192.0.2.1',
      host: 'b.example',
    };
    expect(kept('198.51.100.7', written)).toEqual({ 'x-forwarded-for': '198.51.100.7', host: 'b.example' });
    expect(kept('::ffff:127.0.0.1', written)).toEqual({ 'x-forwarded-for': '127.0.0.1', host: 'b.example' });
  });

  it('is the last address that a named proxy did not have itself', () => {
    const from = (forwardedFor: string | string[]): unknown =>
      kept('10.0.0.1', { 'x-forwarded-for': forwardedFor })['x-forwarded-for'];
    expect(from('127.0.0.1, 192.0.2.7, 10.0.0.2')).toBe('192.0.2.7');
    expect(from(['127.0.0.1', '192.0.2.7'])).toBe('192.0.2.7');
    expect(from('127.0.0.1, unknown')).toBe('10.0.0.1');
    expect(from('127.0.0.1, 0.0.0.0/0')).toBe('10.0.0.1');
    expect(kept('10.0.0.1', {})['x-forwarded-for']).toBe('10.0.0.1');
    expect(kept('10.0.0.1', { 'x-forwarded-proto': 'https', forwarded: 'for=x' })).toEqual({
      'x-forwarded-for': '10.0.0.1',
      'x-forwarded-proto': 'https',
    });
  });

  it('is set right before any server of the process sees it', async () => {
    const preload = fileURLToPath(new URL('./own-forwarding.ts', import.meta.url));
    const program = `import { createServer } from 'node:http';
      const server = createServer((request, response) => response.end(JSON.stringify(request.headers)));
      server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
    const args = ['--conditions=source', '--import', preload, '--input-type=module', '--eval', program];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [port] = (await once(child.stdout, 'data')) as [Buffer];
      const answer = await fetch(`http://127.0.0.1:${String(port).trim()}/`, {
        headers: { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=192.0.2.1' },
      });
      const headers = (await answer.json()) as RequestHeaders;
      expect(headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1' });
      expect(headers).not.toHaveProperty('forwarded');
    } finally {
      child.kill();
    }
  });
});

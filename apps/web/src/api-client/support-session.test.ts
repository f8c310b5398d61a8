import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callApi } from './call-api.ts';
import { openSupportSession, readSupportSession } from './support-session.ts';

const session = {
  id: '0198c1de-0000-7000-8000-000000000001',
  tenantNameJa: 'ミナト貿易',
  tenantNameEn: 'Minato',
  endsAt: '2026-11-20T00:00:00Z',
};

const answers: Response[] = [];
const sent: { path: string; support: string | null }[] = [];

function answerWith(status: number, body: object): void {
  answers.push(new Response(JSON.stringify(body), { status }));
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('window', {
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    },
    dispatchEvent: () => true,
  });
  vi.stubGlobal('document', { documentElement: { lang: 'ja' } });
  vi.stubGlobal('fetch', (url: string, { headers }: { headers: Headers }) => {
    sent.push({ path: url, support: headers.get('x-akashi-support') });
    return Promise.resolve(answers.shift());
  });
  sent.length = 0;
  openSupportSession(session);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the support session of a tab', () => {
  it('is named by calls that read logs, and by no others', async () => {
    answerWith(200, {});
    answerWith(200, {});
    await callApi({ path: '/v1/log-groups' });
    await callApi({ path: '/v1/members' });
    expect(sent).toEqual([
      { path: '/api/v1/log-groups', support: session.id },
      { path: '/api/v1/members', support: null },
    ]);
  });

  it('is over once the API refuses it, and is named on, so that nobody else’s logs come in its place', async () => {
    answerWith(403, { code: 'forbidden', reason: 'support-access' });
    answerWith(403, { code: 'forbidden', reason: 'support-access' });
    await expect(callApi({ path: '/v1/log-groups' })).rejects.toMatchObject({ status: 403 });
    expect(readSupportSession()?.isOver).toBe(true);
    await expect(callApi({ path: '/v1/log-groups' })).rejects.toMatchObject({ status: 403 });
    expect(sent.map(({ support }) => support)).toEqual([session.id, session.id]);
  });

  it('holds when something else is refused', async () => {
    answerWith(403, { code: 'forbidden' });
    await expect(callApi({ path: '/v1/search' })).rejects.toMatchObject({ status: 403 });
    expect(readSupportSession()?.isOver).toBeUndefined();
  });
});

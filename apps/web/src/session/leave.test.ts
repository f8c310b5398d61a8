import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const left: string[] = [];

beforeEach(() => {
  left.length = 0;
  vi.resetModules();
  vi.stubGlobal(
    'window',
    Object.assign(new EventTarget(), {
      sessionStorage: { removeItem: () => undefined },
      location: { pathname: '/explorer', search: '?q=a', assign: (address: string) => left.push(address) },
    }),
  );
});
afterEach(() => void vi.unstubAllGlobals());

describe('leaving a page', () => {
  it('happens once, however many requests find the session ended', async () => {
    const { leaveToSignIn } = await import('./leave.ts');
    leaveToSignIn();
    leaveToSignIn();
    expect(left).toEqual(['/sign-in?return=%2Fexplorer%3Fq%3Da']);
  });

  it('by signing out is not overtaken by a request that the ended session refused', async () => {
    const { leaveToSignIn, signOut } = await import('./leave.ts');
    await signOut(async () => leaveToSignIn());
    leaveToSignIn();
    expect(left).toEqual(['/sign-in']);
  });

  it('happens also when the server could not be reached', async () => {
    const { signOut } = await import('./leave.ts');
    await signOut(() => Promise.reject(new TypeError('network')));
    expect(left).toEqual(['/sign-in']);
  });

  it('can happen again on a page that the browser kept and shows again', async () => {
    const { leaveToSignIn } = await import('./leave.ts');
    leaveToSignIn();
    window.dispatchEvent(new Event('pageshow'));
    leaveToSignIn();
    expect(left).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { afterUrlWrites, noteUrlWrite } from './url-writes.ts';

describe('a navigation', () => {
  it('begins after the address that is being written', async () => {
    const order: string[] = [];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    noteUrlWrite(promise.then(() => order.push('written')));
    const navigated = new Promise<void>((done) => {
      afterUrlWrites(() => {
        order.push('navigated');
        done();
      });
    });
    await Promise.resolve();
    expect(order).toEqual([]);
    resolve(undefined);
    await navigated;
    expect(order).toEqual(['written', 'navigated']);
  });

  it('begins also when the address could not be written', async () => {
    noteUrlWrite(Promise.reject(new Error('the browser refused')));
    await new Promise<void>((done) => {
      afterUrlWrites(done);
    });
  });
});

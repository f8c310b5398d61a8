import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.ts';

const root = Buffer.alloc(32, 7).toString('base64');
const signature = Buffer.alloc(68, 9).toString('base64');
const checkpoint = `example.com/log\n109482\n${root}\n\n— example.com/log ${signature}\n— witness.example ${signature}\n`;

const proofs = fc.record({
  extra: fc.option(fc.uint8Array({ minLength: 1, maxLength: 200 })),
  index: fc.nat(),
  path: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 64 }),
  checkpoint: fc.constant(checkpoint),
});

describe('tlog-proof', () => {
  test('is written as C2SP has it', () => {
    const proof: TlogProof = { extra: Buffer.from('x'), index: 73894, path: [Buffer.alloc(32, 1)], checkpoint };
    const hash = Buffer.alloc(32, 1).toString('base64');
    expect(formatTlogProof(proof)).toBe(`c2sp.org/tlog-proof@v1\nextra eA==\nindex 73894\n${hash}\n\n${checkpoint}`);
    const alone = { ...proof, extra: null, path: [] };
    expect(formatTlogProof(alone)).toBe(`c2sp.org/tlog-proof@v1\nindex 73894\n\n${checkpoint}`);
  });

  test('is read as it was written', () => {
    fc.assert(
      fc.property(proofs, (proof) => {
        const read = parseTlogProof(formatTlogProof(proof));
        const plain = ({ extra, path, ...rest }: TlogProof): object => ({
          ...rest,
          extra: extra === null ? null : [...extra],
          path: path.map((hash) => [...hash]),
        });
        expect(read && plain(read)).toEqual(plain(proof));
      }),
    );
  });

  test.each([
    ['another first line', (text: string) => text.replace('@v1', '@v2')],
    ['no index', (text: string) => text.replace('index 5\n', '')],
    ['a leading zero', (text: string) => text.replace('index 5', 'index 05')],
    ['a hash too short', (text: string) => text.replace(/\n[A-Za-z0-9+/=]{44}\n\n/, '\nAAAA\n\n')],
    ['extra data that is no base64', (text: string) => text.replace('extra eA==', 'extra eA')],
    ['another line', (text: string) => text.replace('index 5\n', 'index 5\nindex 6\n')],
    ['no checkpoint', (text: string) => text.slice(0, text.indexOf('\n\n'))],
    ['a checkpoint without a signature', (text: string) => text.slice(0, text.indexOf('—'))],
  ])('is refused with %s', (_, change) => {
    const proof = { extra: Buffer.from('x'), index: 5, path: [Buffer.alloc(32, 1)], checkpoint };
    expect(parseTlogProof(change(formatTlogProof(proof)))).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventShape } from './event-shape.ts';
import { ShapeMiner } from './shape-miner.ts';
import { shapeText, shapeTokens } from './shape-tokens.ts';

const shapeOf = (line: string): string => shapeText(shapeTokens(line));

describe('the shape of a line', () => {
  it.each([
    ['job 4711 done in 12.5 s', 'job <*> done in <*> s'],
    ['2026-11-20T10:00:00.123+09:00 conn from 192.0.2.7:5001', '<*> conn from <*>'],
    ['peer fd12::1 lost, mac 00-00-5E-00-53-01', 'peer <*> lost, mac <*>'],
    ['id=3f2504e0-4f89-11d3-9a0c-0305e82c3301 ok', 'id=<*> ok'],
    ['接続元10.0.0.1からの要求を拒否しました', '接続元 <*> からの要求を拒否しました'],
    ['バッチ処理 A12 が 3 件で終了', 'バッチ処理 <*> が <*> 件で終了'],
    ['payment card_app/v2 user tanaka', 'payment <*> user tanaka'],
    ['', ''],
  ])('%j is %j', (line, shape) => expect(shapeOf(line)).toBe(shape));

  it('is bounded for any line, and the same for the same line', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (line) => {
        const tokens = shapeTokens(line);
        expect(tokens.length).toBeLessThanOrEqual(121);
        expect(shapeTokens(line)).toEqual(tokens);
      }),
    );
    expect(shapeTokens('a,'.repeat(100_000)).at(-1)).toBe('…');
  });
});

describe('lines by shape', () => {
  it('come together where most words are the same, and stay apart elsewhere', () => {
    const miner = new ShapeMiner();
    const lines = [
      'queue billing drained by worker tokyo',
      'queue mail drained by worker osaka',
      'disk full on volume data',
      'queue stock drained by worker nagoya',
    ];
    for (const [index, line] of lines.entries()) expect(miner.add(line, `event-${index}`)).toBe(true);
    expect(miner.shapes()).toEqual([
      { text: 'queue <*> drained by worker <*>', lines: 3, examples: ['event-0', 'event-1', 'event-3'] },
      { text: 'disk full on volume data', lines: 1, examples: ['event-2'] },
    ]);
  });

  it('count every line, in bounded room', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 60 }), { maxLength: 200 }), (lines) => {
        const miner = new ShapeMiner({ shapes: 20, examples: 3 });
        for (const line of lines) miner.add(line, line);
        const shapes = miner.shapes();
        expect(shapes.length).toBeLessThanOrEqual(20);
        expect(shapes.reduce((sum, shape) => sum + shape.lines, miner.others)).toBe(lines.length);
        for (const { examples } of shapes) expect(examples.length).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe('the shape of an event', () => {
  const accepted = (user: string, ip: string) =>
    eventShape({
      format: 'sshd',
      message: `Accepted password for ${user} from ${ip} port 50022 ssh2`,
      fields: { 'event.action': 'ssh_login', 'user.name': user, 'source.ip': ip },
    });

  it('is the same whoever did it', () => {
    expect(accepted('yamada', '192.0.2.4')).toBe(accepted('suzuki', '2001:db8::9'));
    expect(accepted('yamada', '192.0.2.4')).toBe('sshd ssh_login: Accepted password for <*> from <*> port <*>');
  });

  it('is another for another kind', () => {
    const failed = eventShape({
      format: 'sshd',
      message: 'Failed password for yamada from 192.0.2.4 port 50022 ssh2',
      fields: { 'event.action': 'ssh_login', 'user.name': 'yamada' },
    });
    expect(failed).not.toBe(accepted('yamada', '192.0.2.4'));
  });
});

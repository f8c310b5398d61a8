/** The end of a closed organisation's log: its keys are destroyed, the log is proven, and what cannot be opened is explained. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decodeLogEntry,
  keepUntilOf,
  keyFingerprint,
  keysDestroyedContent,
  type BlockHeader,
  type KeysDestroyed,
} from '@akashi/integrity';
import { describe, expect, test } from 'vitest';
import {
  at,
  flip,
  found,
  prepareArchives,
  temporary,
  verify,
  verifyAt,
  verifyText,
} from './altered-archive.fixtures.ts';
import { archiveSteps, dataKey, dataKeyId, startUs, writeObject, type ArchivePlan } from './archive.fixtures.ts';

prepareArchives();

const last = 9;
const rule = { id: 'organisation-closed', requirement: 'pci:4.0.1:3.7.5' };
/** Of another organisation: the key file has no key of this one. */
const withOtherKeys = (): string[] => {
  const otherKeys = join(temporary, 'other-keys.txt');
  writeFileSync(otherKeys, `akashi-data-key data-0009-00000009 ${Buffer.alloc(32, 9).toString('base64')}\n`);
  return ['--data-key', otherKeys];
};

interface Wanted {
  readonly change?: (destroyed: KeysDestroyed) => Partial<KeysDestroyed>;
  readonly isNever?: boolean;
  readonly behind?: number;
}

let objects: string[] = [];

/** A log of nine entries, and the statement behind a year. */
function write({ change = () => ({}), isNever = false, behind = 0 }: Wanted = {}): void {
  verifyAt(join(temporary, 'destroyed'));
  rmSync(at(''), { recursive: true, force: true });
  objects = [];
  const headers: BlockHeader[] = [];
  const statements: ArchivePlan['statements'] = (number) => {
    if (number !== last) return null;
    const untilUs = headers.map(keepUntilOf).filter((until) => until !== 'never');
    const key = { id: dataKeyId, fingerprint: keyFingerprint(dataKey) };
    const records = headers.reduce((sum, header) => sum + header.records, 0);
    const destroyed: KeysDestroyed = {
      keys: [{ ...key, blocks: headers.length, records }],
      closedUs: startUs,
      dueUs: Math.max(...untilUs),
      rule,
    };
    return { kind: 'keys-destroyed', content: keysDestroyedContent({ ...destroyed, ...change(destroyed) }) };
  };
  const plan = {
    blocks: last + 1 + behind,
    versionOne: 0,
    statements,
    // The blocks 0 and 5 of the fixtures never expire.
    records: (block: number) => (block % 5 === 0 && !isNever ? [] : [`line of ${block}`, 'another']),
    stepUs: (block: number) => (block === last ? 366 * 86_400_000_000 : 60_000_000),
  };
  for (const { object, bytes } of archiveSteps(plan)) {
    if (bytes !== null) writeObject(at(''), object, bytes);
    if (!object.startsWith('blocks/') || bytes === null) continue;
    const text = Buffer.from(bytes);
    const decoded = decodeLogEntry(text.subarray(0, text.indexOf('\n\n') + 1));
    if (!decoded.ok || decoded.kind !== 'block') continue;
    headers.push(decoded.header);
    objects.push(object);
  }
}

const problems = async (...options: string[]) =>
  found((await verify(...options)).report).map(({ code, block }) => ({ code, block }));

describe('the statement that keys are destroyed', () => {
  test('explains what cannot be opened, and says so in words', async () => {
    write();
    for (const options of [[], withOtherKeys()]) {
      const { code, report } = await verify(...options);
      expect([code, report.problems, report.warnings.map((each) => each.code)]).toEqual([0, [], ['silence']]);
      expect(report).toMatchObject({ size: last + 1, blocks: last, statements: 1 });
    }
    const { report } = await verify(...withOtherKeys());
    expect(report).toMatchObject({ keysDestroyed: { entry: last, keys: 1, blocks: 7, records: 14 } });
    expect(await verifyText('en')).toContain('Keys destroyed: the organisation is closed');
    expect(await verifyText('ja')).toContain('鍵は破棄済み');
  });

  test('explains no change of what is still there', async () => {
    write();
    flip(objects[2] ?? '', -30);
    expect(await problems(...withOtherKeys())).toContainEqual({ code: 'block-body-altered', block: 3 });
    write();
    rmSync(at(objects[1] ?? ''));
    expect(await problems()).toEqual([{ code: 'block-missing', block: 2 }]);
  });

  test.each<[string, Wanted, string]>([
    ['before the last retention was over', { isNever: true }, 'keys-destroyed-early'],
    ['with a time that came too soon', { change: () => ({ dueUs: startUs }) }, 'keys-destroyed-early'],
    ['behind which the log goes on', { behind: 1 }, 'keys-destroyed-false'],
    [
      'of other keys',
      { change: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, id: 'data-0002-x' })) }) },
      'keys-destroyed-false',
    ],
    [
      'with other counts',
      { change: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, records: 1 })) }) },
      'keys-destroyed-false',
    ],
    ['of an organisation that is closed later', { change: () => ({ closedUs: startUs * 2 }) }, 'keys-destroyed-false'],
  ])('%s is found', async (_, wanted, code) => {
    write(wanted);
    expect(await problems()).toEqual([{ code, block: last }]);
  });
});

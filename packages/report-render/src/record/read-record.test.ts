import { recordBytes } from '@akashi/report/record';
import { describe, expect, it } from 'vitest';
import { readRecord } from './read-record.ts';
import { addendumTo, review, sato, signature, suzuki, taskOf, type Signing } from './record.fixtures.ts';

const reviewed: Signing = { action: 'reviewed', by: sato };
const approved: Signing = { action: 'approved', by: suzuki };
const returned: Signing = { action: 'returned', by: suzuki };

describe('what the signatures of a record say', () => {
  it.each([
    [[], 'unsigned'],
    [[reviewed], 'submitted'],
    [[reviewed, returned], 'returned'],
    [[reviewed, approved], 'approved'],
    [[approved], 'unsigned'],
    [[{ ...reviewed, by: suzuki }], 'unsigned'],
  ] as const)('%j is %s', (signings, state) => {
    expect(readRecord(taskOf(review(), signings)).state).toBe(state);
  });

  it('an approval of other bytes approves nothing', () => {
    const task = taskOf(review(), [reviewed]);
    const other = signature(recordBytes(review({ comment: 'changed' })), approved);
    const read = readRecord({ ...task, signatures: [...task.signatures, other] });
    expect(read.state).toBe('submitted');
    expect(read.approval).toBeNull();
    expect(read.signatures.map(({ over }) => over)).toEqual(['this-record', 'other-bytes']);
  });

  it('one on a former revision stays with it', () => {
    const task = taskOf(review({ revision: 2 }), []);
    const former = signature(recordBytes(review()), reviewed);
    const read = readRecord({ ...task, signatures: [former] });
    expect(read.signatures[0]?.over).toBe('former-revision');
    expect(read.state).toBe('unsigned');
  });

  it('one on an addendum names it, and one on no addendum matches nothing', () => {
    const record = review();
    const canonical = recordBytes(addendumTo(record));
    const task = taskOf(record, [reviewed, approved], { addenda: [{ canonical, sealedAs: null }] });
    const added = signature(canonical, { action: 'addendum', by: sato });
    const lost = signature(recordBytes(record), { action: 'addendum', by: sato });
    const read = readRecord({ ...task, signatures: [...task.signatures, added, lost] });
    expect(read.signatures.slice(2).map(({ over, addendum }) => [over, addendum])).toEqual([
      ['addendum', 1],
      ['other-bytes', null],
    ]);
    expect(read.state).toBe('approved');
  });

  it('says whether the reviewer approved', () => {
    const alone = taskOf(review(), [reviewed, { action: 'approved', by: sato, separationReason: '一人のため' }]);
    expect(readRecord(alone).approval).toMatchObject({ by: sato.name, isReviewer: true });
    expect(readRecord(taskOf(review(), [reviewed, approved])).approval).toMatchObject({ isReviewer: false });
  });
});

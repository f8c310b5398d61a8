import type { Verification } from '@akashi/database';
import { describe, expect, it } from 'vitest';
import { placeOfFinding, SealStanding } from './seal-standing.ts';

const at = '2026-11-30T03:00:00.000Z';
const verification = (change: Partial<Verification> = {}): Verification => ({
  id: 'v',
  kind: 'full',
  outcome: 'proven',
  startedAt: new Date(at),
  finishedAt: new Date(at),
  treeSize: 5,
  blocks: 5,
  records: 50,
  findings: [],
  ...change,
});
const idOf = (leaf: number): string => `AZndwAAAcACAAAAAAAAAAQ.${leaf}`;
const event = (block: number, leaf: number) => ({ id: idOf(leaf), place: { block, leaf, isArchived: false } });

const times = { runs: [{ treeSize: 5, finishedAt: new Date(at) }], hasEarlier: false, archive: null, index: null };

describe('what an event is', () => {
  it('is proven only as far as the last verification reached, and sealed only as far as the log', () => {
    const standing = new SealStanding({ times, size: 7, verification: verification() });
    expect(standing.ofEvent(event(4, 1))).toEqual({ state: 'proven', verifiedAt: at });
    expect(standing.ofEvent(event(5, 1))).toEqual({ state: 'sealed' });
    expect(standing.ofEvent(event(7, 0))).toEqual({ state: 'accepted' });
    expect(standing.ofEvent(event(99_999_999, 3))).toEqual({ state: 'accepted' });
    expect(standing.ofEvent({ id: idOf(3), place: null })).toEqual({ state: 'accepted' });
    const archived = { block: 7, leaf: 1, isArchived: true };
    expect(standing.ofEvent({ id: idOf(1), place: archived })).toEqual({ state: 'archived' });
    expect(new SealStanding({ times, size: 7, verification: null }).ofEvent(event(1, 1))).toEqual({ state: 'sealed' });
  });

  it('does not verify where the last verification found it altered, and its neighbours do', () => {
    const altered = { code: 'index-document-altered', where: 'event 2-3 user.name', block: 2, leaf: 3 };
    const standing = new SealStanding({
      times,
      size: 5,
      verification: verification({ outcome: 'altered', findings: [{ ...altered, fields: ['user.name'] }] }),
    });
    const findings = [{ code: 'index-document-altered', fields: ['user.name'] }];
    expect(standing.ofEvent(event(2, 3))).toEqual({ state: 'mismatch', verifiedAt: at, findings });
    expect(standing.ofEvent(event(2, 4)).state).toBe('proven');
    expect(standing.ofBlock(2)).toEqual({ state: 'mismatch', verifiedAt: at, findings });
    expect(standing.ofBlock(1).state).toBe('proven');
  });

  it('does not verify where a finding names its id, sealed or not', () => {
    const altered = {
      code: 'index-document-altered',
      where: `event ${idOf(3)} record`,
      event: idOf(3),
      block: 2,
      leaf: 3,
    };
    const found = verification({ outcome: 'altered', findings: [altered] });
    const standing = new SealStanding({ times, size: 5, verification: found });
    expect(standing.ofEvent(event(2, 3)).state).toBe('mismatch');
    expect(standing.ofEvent({ id: idOf(3), place: null }).state).toBe('mismatch');
    expect(standing.ofEvent(event(2, 4)).state).toBe('proven');
    expect(standing.ofBlock(2).state).toBe('mismatch');
  });

  it('does not verify with its block, nor with the log', () => {
    const block = new SealStanding({
      times,
      size: 5,
      verification: verification({ outcome: 'altered', findings: [{ code: 'body-hash', where: 'x', block: 2 }] }),
    });
    expect([block.ofEvent(event(2, 3)).state, block.ofEvent(event(1, 0)).state]).toEqual(['mismatch', 'proven']);
    const log = new SealStanding({
      times,
      size: 5,
      verification: verification({ outcome: 'altered', findings: [{ code: 'signature', where: 'log/checkpoint' }] }),
    });
    expect(log.ofEvent(event(1, 0)).state).toBe('mismatch');
  });

  it('is not proven by a verification that could not read, nor by one that could not name everything', () => {
    const unreadable = verification({
      outcome: 'unreadable',
      treeSize: 0,
      findings: [{ code: 'archive-unreadable', where: 'archive' }],
    });
    expect(new SealStanding({ times, size: 5, verification: unreadable }).ofEvent(event(1, 0))).toEqual({
      state: 'sealed',
    });
    const findings = Array.from({ length: 1_000 }, (_, leaf) => ({ code: 'c', where: '', block: 0, leaf }));
    const many = verification({ outcome: 'altered', findings });
    expect(new SealStanding({ times, size: 5, verification: many }).ofEvent(event(1, 0))).toEqual({ state: 'sealed' });
  });

  it('stays proven before a log whose end is missing', () => {
    const cut = verification({
      outcome: 'altered',
      findings: [{ code: 'heartbeat-missing', where: 'end of the log' }],
    });
    expect(new SealStanding({ times, size: 5, verification: cut }).ofEvent(event(1, 0)).state).toBe('proven');
  });

  it('does not verify when the index puts it where its id does not', () => {
    const standing = new SealStanding({ times, size: 5, verification: verification() });
    expect(standing.ofMisplaced().state).toBe('mismatch');
  });
});

it('reads the place of findings that say it in words alone', () => {
  expect(placeOfFinding({ code: '', where: 'event 12-3 record, user.name' })).toEqual({ block: 12, leaf: 3 });
  expect(placeOfFinding({ code: '', where: 'blocks/2026/11/01/000000000007.akb block 7 record 2' })).toEqual({
    block: 7,
    leaf: 2,
  });
  expect(placeOfFinding({ code: '', where: 'block 4 root' })).toEqual({ block: 4 });
  expect(placeOfFinding({ code: '', where: 'log/checkpoint' })).toEqual({});
});

import { describe, expect, it } from 'vitest';
import { at, fact, row } from '../claims/claims.fixtures.ts';
import { claimsOf } from '../claims/claims-of.ts';
import type { LearnedFact } from '../learn/learned-fact.ts';
import { peopleOf, resolve } from './resolve.ts';

const rows = [
  row('common-ids', { system: 'web01', id: 'alice', person: 'yamada' }),
  row('common-ids', { system: 'web01', id: 'bob', person: 'suzuki' }),
  row('user-devices', { mac: '00-00-00-00-00-02', device: 'PC002', person: 'suzuki' }),
];

function ask(facts: readonly LearnedFact[], time: string, document: Record<string, unknown>) {
  const claims = claimsOf(rows, facts);
  const event = { document: { 'host.name': 'web01', 'log.stream': 'web01', ...document }, timeMs: at(time) };
  return resolve(event, claims);
}

const su = (time: string, origin: string, { tty, pid }: { tty: string; pid: number }) => [
  fact('elevation', time, { program: 'su', account: 'root', origin, tty, pid }),
  fact('elevation', `${time}:01`, { program: 'su', account: 'root', origin, pid, loginId: '1000' }),
];
const suEnd = (time: string, pid: number | null) => fact('session-end', time, { program: 'su', account: 'root', pid });

describe('a shared account', () => {
  it('leads by its terminal to whoever went there from, two people at the same time', () => {
    const facts = [
      ...su('10:00', 'alice', { tty: 'pts/0', pid: 11 }),
      ...su('10:05', 'bob', { tty: 'pts/1', pid: 12 }),
    ];
    const on = (tty: string) => ask(facts, '10:10', { 'user.name': 'root', 'process.tty.name': tty });
    expect(on('pts/0')).toMatchObject({ person: 'yamada', certainty: 'certain' });
    expect(on('/dev/pts/1')).toMatchObject({ person: 'suzuki', certainty: 'certain' });
    expect(on('pts1')?.person).toBe('suzuki');
    expect(on('pts/7')).toBeUndefined();
    expect(on('pts/0')?.because.map(({ master }) => master)).toEqual(['sessions', 'common-ids']);
  });

  it('leads to nobody without a terminal while two people are in it', () => {
    const facts = [
      ...su('10:00', 'alice', { tty: 'pts/0', pid: 11 }),
      ...su('10:05', 'bob', { tty: 'pts/1', pid: 12 }),
      suEnd('10:20', 11),
    ];
    const root = { 'user.name': 'root' };
    expect(ask(facts, '10:04', root)).toMatchObject({ person: 'yamada', certainty: 'likely' });
    expect(ask(facts, '10:10', root)).toBeUndefined();
    expect(ask(facts, '10:21', root)).toMatchObject({ person: 'suzuki', certainty: 'likely' });
    expect(ask(facts, '09:59', root)).toBeUndefined();
  });

  it('is not theirs any more after the session', () => {
    const facts = [...su('10:00', 'alice', { tty: 'pts/0', pid: 11 }), suEnd('10:20', 11)];
    const root = { 'user.name': 'root', 'process.tty.name': 'pts/0' };
    expect(ask(facts, '10:19:59', root)?.person).toBe('yamada');
    expect(ask(facts, '10:20', root)).toBeUndefined();
  });

  it('does not take an end that fits two sessions for the end of either', () => {
    const facts = [
      fact('elevation', '10:00', { program: 'su', account: 'root', origin: 'alice', tty: 'pts/0' }),
      fact('elevation', '10:05', { program: 'su', account: 'root', origin: 'bob', tty: 'pts/1' }),
      suEnd('10:20', null),
    ];
    expect(ask(facts, '10:30', { 'user.name': 'root', 'process.tty.name': 'pts/1' })?.person).toBe('suzuki');
    expect(ask(facts, '10:30', { 'user.name': 'root' })).toBeUndefined();
  });

  it('leads by the number of the login session and by the login id', () => {
    const facts = [
      fact('session-start', '10:00', { program: 'sshd', account: 'alice', session: '3', loginId: '1000', pid: 7 }),
      fact('session-start', '10:01', { program: 'sshd', account: 'bob', session: '4', loginId: '1001', pid: 8 }),
    ];
    const audit = (said: Record<string, string>) => ask(facts, '10:10', { 'user.effective.name': 'root', ...said });
    expect(audit({ 'session.id': '3', 'user.id': '1000' })).toMatchObject({ person: 'yamada', certainty: 'certain' });
    expect(audit({ 'session.id': '4', 'user.id': '1001' })).toMatchObject({ person: 'suzuki', certainty: 'certain' });
    expect(audit({ 'user.id': '1001' })).toMatchObject({ person: 'suzuki', certainty: 'certain' });
    expect(audit({ 'user.name': 'root', 'session.id': '4' })?.person).toBe('suzuki');
    expect(audit({ 'user.name': 'root', 'user.id': '0', 'parse.format': 'auditd' })).toBeUndefined();
  });

  it('leads a direct sign-in to the device of the address, and no other sign-in to it', () => {
    const lease = fact('lease', '09:00', { mac: '00-00-00-00-00-02', address: '192.168.0.2', host: 'dhcp' });
    const facts = [
      lease,
      fact('session-start', '10:00', { program: 'sshd', account: 'root', address: '192.168.0.2', pid: 9 }),
    ];
    expect(ask(facts, '10:01', { 'user.name': 'root' })).toMatchObject({ person: 'suzuki', certainty: 'likely' });
    const other = { 'user.name': 'root', 'source.ip': '203.0.113.9', 'event.category': ['authentication'] };
    expect(ask(facts, '10:01', other)).toBeUndefined();
  });

  it('is nobody’s in the acts of a scheduler', () => {
    const facts = su('10:00', 'alice', { tty: 'pts/0', pid: 11 });
    expect(ask(facts, '10:01', { 'user.name': 'root', 'process.name': 'CRON' })).toBeUndefined();
  });

  it('leads through two changes of account', () => {
    const facts = [
      ...su('10:00', 'alice', { tty: 'pts/0', pid: 11 }),
      fact('elevation', '10:02', { program: 'su', account: 'oracle', origin: 'root', tty: 'pts/0', pid: 15 }),
    ];
    const found = ask(facts, '10:03', { 'user.name': 'oracle', 'process.tty.name': 'pts/0' });
    expect(found?.person).toBe('yamada');
    expect(found?.because.map(({ kind }) => kind)).toEqual(['elevation', 'elevation', 'account']);
  });

  it('finds the machine by its stream where a line does not name it', () => {
    const facts = su('10:00', 'alice', { tty: 'pts/0', pid: 11 });
    const claims = claimsOf(rows, facts);
    const document = { 'log.stream': 'web01', 'user.name': 'root', 'process.tty.name': 'pts/0' };
    expect(peopleOf(resolve({ document, timeMs: at('10:01') }, claims))).toEqual(['yamada']);
    const elsewhere = { ...document, 'host.name': 'web02' };
    expect(resolve({ document: elsewhere, timeMs: at('10:01') }, claims)).toBeUndefined();
  });

  it('is whatever order the facts come in', () => {
    const facts = [
      ...su('10:00', 'alice', { tty: 'pts/0', pid: 11 }),
      ...su('10:05', 'bob', { tty: 'pts/1', pid: 12 }),
      suEnd('10:20', 11),
    ];
    const root = { 'user.name': 'root', 'process.tty.name': 'pts/1' };
    expect(ask(facts.toReversed(), '10:30', root)).toEqual(ask(facts, '10:30', root));
  });
});

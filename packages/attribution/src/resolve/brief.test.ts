import { describe, expect, it } from 'vitest';
import { at, briefRows, row } from '../claims/claims.fixtures.ts';
import { claimsOf } from '../claims/claims-of.ts';
import { approvalOf } from './approval-of.ts';
import { peopleOf, resolve } from './resolve.ts';

const claims = claimsOf(briefRows, []);

function who(time: string, document: Record<string, unknown>) {
  return resolve({ document: { 'log.group': 'g', 'log.stream': 's', ...document }, timeMs: at(time) }, claims);
}

describe("the brief's four tables", () => {
  it.each(['Server A', 'server-a', 'SERVER_A', 'serverA', 'server-a.example.jp', 'Ｓｅｒｖｅｒ　Ａ'])(
    'finds the account of a person on the system under the name %s',
    (host) => {
      const found = who('10:00', { 'host.name': host, 'user.name': 'taro.yamada' });
      expect(found).toMatchObject({ person: 'yamada', certainty: 'certain' });
      expect(found?.because.map(({ master }) => master)).toEqual(['common-ids']);
    },
  );

  it('knows a system by its log stream, the last part of its log group and its service', () => {
    const badge = { 'user.id': '00050' };
    expect(who('10:00', { ...badge, 'log.stream': 'entry system' })?.person).toBe('yamada');
    expect(who('10:00', { ...badge, 'log.group': '/site/entry-system' })?.person).toBe('yamada');
    expect(who('10:00', { ...badge, 'service.name': 'Entry System' })?.person).toBe('yamada');
  });

  it('leads an account on an unknown system, and an unknown account, to nobody', () => {
    expect(who('10:00', { 'host.name': 'server-b', 'user.name': 'taro.yamada' })).toBeUndefined();
    expect(who('10:00', { 'host.name': 'server-a', 'user.name': 'yamada' })).toBeUndefined();
    expect(who('10:00', { 'host.name': 'server-a.b', 'log.stream': 'x', 'user.name': '00050' })).toBeUndefined();
  });

  it('leads the address to its device from the lease on, and to nobody before', () => {
    const packet = { 'host.name': 'fw1', 'source.ip': '192.168.0.1' };
    expect(who('08:55', packet)).toBeUndefined();
    expect(who('08:55:59.999', packet)).toBeUndefined();
    expect(who('08:56', packet)).toMatchObject({ person: 'yamada', certainty: 'likely' });
    expect(who('08:56', packet)?.because.map(({ master }) => master)).toEqual(['dhcp-leases', 'user-devices']);
    expect(who('23:00', { ...packet, 'source.ip': '192.168.0.2' })?.person).toBe('suzuki');
  });

  it('ends a lease after eight days, at its own end, and with the next one', () => {
    const packet = { document: { 'source.ip': '192.168.0.1' } };
    const eightDays = at('08:56') + 8 * 86_400_000;
    expect(resolve({ ...packet, timeMs: eightDays - 1 }, claims)?.person).toBe('yamada');
    expect(resolve({ ...packet, timeMs: eightDays }, claims)).toBeUndefined();
    const next = row('dhcp-leases', { mac: '00-00-00-00-00-02', address: '192.168.0.1' }, [at('12:00'), at('13:00')]);
    const later = claimsOf([...briefRows, next], []);
    expect(peopleOf(resolve({ ...packet, timeMs: at('11:59') }, later))).toEqual(['yamada']);
    expect(peopleOf(resolve({ ...packet, timeMs: at('12:00') }, later))).toEqual(['suzuki']);
    expect(peopleOf(resolve({ ...packet, timeMs: at('13:00') }, later))).toEqual([]);
    // The device has another address now.
    expect(resolve({ document: { 'source.ip': '192.168.0.2' }, timeMs: at('12:00') }, later)).toBeUndefined();
  });

  it('keeps both people where the account and the device differ', () => {
    const found = who('10:00', { 'host.name': 'server-a', 'user.name': 'taro.yamada', 'source.ip': '192.168.0.2' });
    expect(found).toMatchObject({
      person: 'yamada',
      certainty: 'certain',
      conflict: [{ person: 'suzuki', certainty: 'likely' }],
    });
  });

  it('names every row where the account and the device agree', () => {
    const found = who('10:00', { 'host.name': 'server-a', 'user.name': 'taro.yamada', 'source.ip': '192.168.0.1' });
    expect(found?.because.map(({ master }) => master)).toEqual(['common-ids', 'dhcp-leases', 'user-devices']);
    expect(found).not.toHaveProperty('conflict');
  });

  it('finds the device in any form of its address', () => {
    for (const mac of ['00-00-00-00-00-01', '00:00:00:00:00:01', '0000.0000.0001', '000000000001']) {
      expect(who('01:00', { 'source.mac': mac })?.person).toBe('yamada');
    }
  });

  it('says whether work was approved: on the target, by the person, until before the end', () => {
    const work = { 'host.name': 'server-a', 'user.name': 'taro.yamada', 'pci.class': ['privilege-elevation'] };
    const state = (time: string, document: Record<string, unknown> = work) => {
      const event = { document, timeMs: at(time) };
      return approvalOf(event, resolve(event, claims), claims)?.state;
    };
    expect(state('12:59')).toBe('outside');
    expect(state('13:00')).toBe('inside');
    expect(state('14:59:59')).toBe('inside');
    expect(state('15:00')).toBe('outside');
    expect(state('15:01')).toBe('outside');
    expect(state('14:00', { ...work, 'user.name': 'root' })).toBe('unknown');
    expect(state('14:00', { ...work, 'pci.class': ['authentication-use'] })).toBeUndefined();
    expect(state('14:00', { ...work, 'host.name': 'server-b', 'source.ip': '192.168.0.1' })).toBe('outside');
  });
});

describe('rows with a period', () => {
  const handed = claimsOf(
    [
      row('common-ids', { system: 'db', id: 'ops', person: 'yamada' }, [null, at('12:00')]),
      row('common-ids', { system: 'db', id: 'ops', person: 'suzuki' }, [at('12:00'), null]),
      row('people', { person: 'Suzuki', name: '鈴木 花子' }),
      row('assets', { host: 'db', address: '10.0.0.5, 10.1.0.0/16' }, [null, at('18:00')]),
    ],
    [],
  );
  const of = (time: string, document: Record<string, unknown>) => resolve({ document, timeMs: at(time) }, handed);

  it('are half-open', () => {
    expect(of('11:59:59.999', { 'host.name': 'db', 'user.name': 'ops' })?.person).toBe('yamada');
    expect(of('12:00', { 'host.name': 'db', 'user.name': 'ops' })?.person).toBe('Suzuki');
  });

  it('name people as the table of people does', () => {
    expect(of('12:00', { 'host.name': 'db', 'user.name': 'ops' })?.name).toBe('鈴木 花子');
    expect(handed.peopleCalled('ｓｕｚｕｋｉ')).toEqual(['Suzuki']);
    expect(handed.peopleCalled('鈴木花子')).toEqual(['Suzuki']);
    expect(handed.peopleCalled('nobody')).toEqual([]);
  });

  it('know a system by the addresses that the assets give it, while they do', () => {
    const found = of('13:00', { 'host.ip': '10.0.0.5', 'user.name': 'ops' });
    expect(found?.because.map(({ master }) => master)).toEqual(['common-ids', 'assets']);
    expect(of('13:00', { 'log.stream': '10.0.0.5', 'user.name': 'ops' })?.person).toBe('Suzuki');
    expect(of('18:00', { 'host.ip': '10.0.0.5', 'user.name': 'ops' })).toBeUndefined();
  });

  it('contradict each other where they overlap', () => {
    const both = claimsOf(
      [
        row('common-ids', { system: 'db', id: 'x', person: 'a' }, [at('09:00'), null]),
        row('common-ids', { system: 'db', id: 'x', person: 'b' }, [at('10:00'), null]),
      ],
      [],
    );
    expect(peopleOf(resolve({ document: { 'host.name': 'db', 'user.name': 'x' }, timeMs: at('11:00') }, both))).toEqual(
      ['b', 'a'],
    );
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventDraft } from '../../event-draft.ts';
import { joinParts } from '../../join-parts.ts';
import { readSocketAddress } from './audit-values.ts';
import { readAuditd } from './read-auditd.ts';

function read(line: string): EventDraft {
  const draft = new EventDraft(line, 0);
  expect(readAuditd(draft, 0)).toBe(true);
  return draft;
}

const hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();

it('stars numbers in what the audit daemon writes in hexadecimal digits, which masking cannot read', () => {
  const record = (cmd: string): EventDraft =>
    read(
      `type=USER_CMD msg=audit(1796008090.679:39): pid=1 msg='cwd="/home/a" cmd=${hex(cmd)} terminal=pts/0 res=success'`,
    );
  expect(record('ls -l').get('process.command_line')).toBe('ls -l');
  expect(record('pay 4556734500085943').get('process.command_line')).toBe('pay ****************');
  expect(record('pay 45 56 73 45 00 08 59 43').get('process.command_line')).toBe('pay ** ** ** ** ** ** ** **');
  expect(record('pay cvv=123').get('process.command_line')).toBe('pay cvv=***');
});

it('joins no arguments into a card number that masking has not seen', () => {
  const command = (...parts: string[]): unknown =>
    read(
      `type=EXECVE msg=audit(1796008090.679:39): argc=${parts.length} ${parts.map((part, index) => `a${index}="${part}"`).join(' ')}`,
    ).get('process.command_line');
  expect(command('pay', '4556', '7345', '0008', '5943')).toBe('pay **** **** **** ****');
  expect(command('pay', '45567345-', '00085943')).toBe('pay ********- ********');
  expect(command('sleep', '10', '20')).toBe('sleep 10 20');
  expect(command('cp', '20261122100000.log', '1')).toBe('cp 20261122100000.log 1');
});

it('never leaves twelve digits in clear over the border of two parts', () => {
  const part = fc.array(fc.constantFrom('1', '23', '456', ' ', '-', 'a'), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(part, { minLength: 2, maxLength: 6 }), (parts) => {
      const texts = parts.map((pieces) => pieces.join(''));
      const joined = joinParts(texts);
      expect(joined.length).toBe(texts.join(' ').length);
      for (const [run] of joined.matchAll(/\d(?:[ ._-]*\d){11,}/g))
        expect(texts.some((text) => text.includes(run))).toBe(true);
    }),
  );
});

it('reads the addresses of sockets', () => {
  expect(readSocketAddress('02000050A9FEA9FE0000000000000000')).toEqual({ address: '169.254.169.254', port: '80' });
  expect(readSocketAddress(`0A000016${'0'.repeat(48)}`)).toEqual({ address: '::', port: '22' });
  expect(readSocketAddress('0A0001BB0000000020010DB800000000000000000000000700000000')?.address).toBe('2001:db8::7');
  expect(readSocketAddress('01002F7661722F72756E00')).toEqual({ address: '', path: '/var/run' });
  expect(readSocketAddress('100000000000000000000000')).toBeUndefined();
});

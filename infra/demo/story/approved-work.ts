import type { Approval } from './approvals.ts';
import { databaseLine, firewallLine, switchLine } from './device-lines.ts';
import type { Dice } from './dice.ts';
import { rootCommand, shellSession, sudoCommand, suSession } from './host-lines.ts';
import type { Host, StoryPerson } from './shop.ts';
import type { StoryLine } from './story-line.ts';
import { minuteMs } from './story-time.ts';

interface Work {
  readonly approval: Approval;
  readonly roll: Dice;
  /** Beginning and end of the work, within what is approved. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Moments in their order, spread over the work. */
function moments({ fromMs, untilMs, roll }: Work, count: number): number[] {
  const span = untilMs - fromMs;
  return Array.from(
    { length: count },
    (_, at) => fromMs + Math.floor((span * (at + 0.5 + roll.random() * 0.3)) / (count + 1)),
  );
}

function shellOf({ approval, roll, fromMs, untilMs }: Work): StoryLine[] {
  const { person, target: host } = approval;
  const { account, uid, address } = person;
  const shell = { host, account, uid, address, pid: roll.number(900, 32_000), port: roll.number(30_000, 60_000) };
  return shellSession(shell, fromMs - 2 * minuteMs, untilMs + minuteMs);
}

const serverCommands = [
  '/usr/bin/systemctl reload httpd',
  '/usr/bin/systemctl status httpd',
  '/usr/bin/dnf -y update openssl',
  '/usr/bin/vi /etc/httpd/conf.d/shop.conf',
  '/usr/bin/systemctl restart orders',
  '/usr/bin/df -h',
] as const;

function serverWork(work: Work): StoryLine[] {
  const { person, target: host } = work.approval;
  const terminal = { host, account: person.account, tty: 'pts/0' };
  const commands = moments(work, work.roll.number(3, 6)).map((atMs) =>
    sudoCommand(atMs, terminal, work.roll.pick(serverCommands)),
  );
  return [...shellOf(work), ...commands];
}

/** Two people are root at once: the terminals tell their commands apart. */
function sharedRoot(work: Work, tty: string): StoryLine[] {
  const { person, target: host } = work.approval;
  const terminal = { host, account: person.account, tty, uid: person.uid, pid: work.roll.number(900, 32_000) };
  const commands = moments(work, 4).map((atMs) =>
    rootCommand(atMs, terminal, work.roll.pick(['/usr/bin/pg_dump shop', '/usr/bin/psql -c "VACUUM orders"'])),
  );
  return [...shellOf(work), ...suSession(terminal, work.fromMs, work.untilMs), ...commands];
}

function databaseWork(work: Work): StoryLine[] {
  const { approval, roll, fromMs, untilMs } = work;
  const { person } = approval;
  const user = person.database ?? person.account;
  const session = { user, program: 'psql', address: person.address, pid: roll.number(3_000, 9_000) };
  const line = (atMs: number, message: string): StoryLine => databaseLine(atMs, session, message);
  const statements = [
    'AUDIT: SESSION,1,1,DDL,CREATE INDEX,INDEX,public.orders_state,"CREATE INDEX orders_state ON orders (state)",<not logged>',
    'AUDIT: SESSION,2,1,MISC,ANALYZE,,,"ANALYZE orders",<not logged>',
    'AUDIT: SESSION,3,1,DDL,DROP INDEX,INDEX,public.orders_state_old,"DROP INDEX orders_state_old",<not logged>',
  ] as const;
  const done = moments(work, 3).map((atMs, at) => line(atMs, statements[at] ?? statements[1]));
  return [
    line(fromMs, `connection authorized: user=${user} database=shop application_name=psql`),
    ...done,
    line(
      untilMs,
      `disconnection: session time: 0:41:12.345 user=${user} database=shop host=${person.address} port=51515`,
    ),
  ];
}

function firewallWork(work: Work): StoryLine[] {
  const { approval, roll, fromMs } = work;
  const { account, address } = approval.person;
  const login = `logid="0100032001" type="event" subtype="system" level="information" vd="root" logdesc="Admin login successful" sn="${Math.floor(fromMs / 1000)}" user="${account}" ui="https(${address})" method="https" srcip=${address} dstip=10.1.0.1 action="login" status="success" reason="none" profile="super_admin" msg="Administrator ${account} logged in successfully from https(${address})"`;
  const edits = moments(work, 2).map((atMs) => {
    const policy = roll.number(3, 9);
    const pairs = `logid="0100044547" type="event" subtype="system" level="information" vd="root" logdesc="Object attribute configured" user="${account}" ui="GUI(${address})" action="Edit" cfgtid=${roll.number(4_000, 9_000)} cfgpath="firewall.policy" cfgobj="${policy}" cfgattr="comments[->W${policy}]" msg="Edit firewall.policy ${policy}"`;
    return firewallLine(atMs, 190, pairs);
  });
  return [firewallLine(fromMs, 190, login), ...edits];
}

function switchWork(work: Work): StoryLine[] {
  const { person, target } = work.approval;
  return moments(work, 2).map((atMs) =>
    switchLine(
      atMs,
      target,
      `%SYS-5-CONFIG_I: Configured from console by ${person.account} on vty0 (${person.address})`,
    ),
  );
}

const workOn: Partial<Record<Host, (work: Work) => StoryLine[]>> = {
  db01: databaseWork,
  fw01: firewallWork,
  sw01: switchWork,
  sw02: switchWork,
};

/** What was done under an approval, by what there is to do on its target. */
export function approvedWork(approval: Approval, roll: Dice, sharedTty: string | undefined): StoryLine[] {
  const spanMs = approval.untilMs - approval.fromMs;
  const fromMs = approval.fromMs + Math.floor(spanMs * (0.12 + 0.1 * roll.random()));
  const untilMs = approval.untilMs - Math.floor(spanMs * (0.12 + 0.1 * roll.random()));
  const work: Work = { approval, roll, fromMs, untilMs };
  if (sharedTty !== undefined) return sharedRoot(work, sharedTty);
  return (workOn[approval.target] ?? serverWork)(work);
}

/** A look at a machine without administrative rights. */
export function plainVisit(
  person: StoryPerson,
  at: Pick<Work, 'roll' | 'fromMs'> & { readonly host: Approval['target'] },
): StoryLine[] {
  const { roll, fromMs, host } = at;
  const { account, uid, address } = person;
  const shell = { host, account, uid, address, pid: roll.number(900, 32_000), port: roll.number(30_000, 60_000) };
  return shellSession(shell, fromMs, fromMs + roll.number(4, 25) * minuteMs);
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPortBase, type DemoUser } from '../installation/installation.ts';
import { sealOften } from '../installation/seal-often.ts';
import { eventually } from '../reading/eventually.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import type { DrillInstallation } from './drill-installation.ts';
import { LineLedger } from './line-ledger.ts';
import { dayMs, MovedInstallation, withinMs } from './moved-installation.ts';
import { signIn } from './signed-in-person.ts';

const logGroup = 'drill/D4';
/** Within the days online and the idle days of an account; and beyond the days online. */
const steps = { soon: 80, late: 180 } as const;
/** After going back they are in an index with newer records, and stay for as long as that one. */
const linesOfBack = 20;

type Check = readonly [problem: string, isFine: boolean];

async function sessionEnd(apiUrl: string, cookie: string): Promise<number | null> {
  const answer = await fetch(`${apiUrl}/v1/session`, { headers: { cookie } });
  return answer.ok ? Date.parse(((await answer.json()) as { endsAt: string }).endsAt) : null;
}

const isNear = (moment: number | null, expected: number, withinHours = 1): boolean =>
  moment !== null && Math.abs(moment - expected) < withinHours * 3_600_000;

/** The person whose session is looked at, at each start. */
function personOf({ tenant }: DrillInstallation): DemoUser {
  const person = tenant.users.find(({ role }) => role === 'tenant-admin');
  if (person === undefined) throw new Error('the demonstration has no administrator');
  return person;
}

/** What was there before, seen from a moved today; answers the cookie of a session of then. */
async function checkMoved(
  moved: MovedInstallation,
  before: { cookie: string; receivedAt: number },
): Promise<{ checks: Check[]; cookie: string; receivedAt: number }> {
  const { drill, days, now } = moved;
  const { apiUrl } = drill.running.demo;
  const hourMs = 3_600_000;
  const ofNow = await moved.count(now - hourMs, now + hourMs);
  const ofThen = await moved.count(before.receivedAt - hourMs, before.receivedAt + hourMs);
  const ended = await sessionEnd(apiUrl, before.cookie);
  const cookie = await signIn(apiUrl, personOf(drill));
  const end = await sessionEnd(apiUrl, cookie);
  const receivedAt = await moved.send(20);
  const unsettled = await moved.settle();
  const due = await moved.untilCaughtUp();
  const [notices] = await moved.ask<{ done: number; skipped: number; days: number }>(
    `SELECT count(*) FILTER (WHERE outcome = 'done')::int AS done,
            count(*) FILTER (WHERE outcome <> 'done')::int AS skipped, count(DISTINCT period)::int AS days
     FROM duty_run WHERE duty = 'expiry-notices' AND finished_at IS NOT NULL`,
  );
  const [newest] = await moved.ask<{ sealed_at: Date }>(
    'SELECT sealed_at FROM block WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1',
    [drill.tenant.id],
  );
  const moves = await eventually(
    () => moved.countActs('clock.moved'),
    (count) => count > 0,
    withinMs,
  );
  return {
    cookie,
    receivedAt,
    checks: [
      [
        `the start does not say that the clock is moved by ${days} days`,
        drill.running.output.includes('The clock is moved by'),
      ],
      ['lines of before are in the last hour', ofNow === 0],
      ['lines of before are not where they were', ofThen === 20],
      ['a session of before goes on', ended === null],
      ['a session does not end in the moved time', end !== null && isNear(end, now, 24)],
      ['a line was not received in the moved time', isNear(receivedAt, now)],
      ['its block is not of the moved time', isNear(newest?.sealed_at.getTime() ?? null, now)],
      ['lines are lost, doubled or in no block', unsettled === 0],
      [`${due} duties were not caught up`, due === 0],
      ['expiry notices of missed days were left out', (notices?.days ?? 0) >= days - 1 && notices?.skipped === 0],
      ['the trail does not tell of the clock', moves > 0],
      ['the archive is not proven', await moved.isProven()],
    ],
  };
}

/** Beyond the days online: what is old goes from the index and stays in the archive. */
async function checkLate(late: MovedInstallation): Promise<Check[]> {
  const unsealed = await late.settleSeals();
  const due = await late.untilCaughtUp();
  const old = await eventually(
    () => late.countIndexed(late.now - 120 * dayMs),
    (count) => count === linesOfBack,
    withinMs,
  );
  return [
    [`${old} lines past their days online are in the index, not ${linesOfBack}`, old === linesOfBack],
    ['records are in no block', unsealed === 0],
    [`${due} duties were not caught up`, due === 0],
    ['the archive is not proven', await late.isProven()],
  ];
}

/** The clock stands as the machine's again: nothing is corrupted, and everything goes on. */
async function checkBack(back: MovedInstallation, future: { cookie: string }): Promise<Check[]> {
  const { apiUrl } = back.drill.running.demo;
  const session = await sessionEnd(apiUrl, future.cookie);
  const receivedAt = await back.send(linesOfBack);
  const unsealed = await back.settleSeals();
  const due = await back.untilCaughtUp();
  const [pending] = await back.ask<{ far: number }>(
    `SELECT count(*)::int AS far FROM duty_run WHERE finished_at IS NULL AND due_at > now() + interval '15 days'`,
  );
  return [
    ['a session of the moved time is open', session === null],
    ['a line was not received in the real time', isNear(receivedAt, Date.now())],
    ['records are in no block', unsealed === 0],
    [`${due} duties were not caught up`, due === 0],
    [`${pending?.far} duties wait for the moved time`, pending?.far === 0],
    ['the archive is not proven', await back.isProven()],
  ];
}

async function movedClock(): Promise<DrillResult> {
  const place = { home: mkdtempSync(join(tmpdir(), 'akashi-clock-')), portBase: await findPortBase(), logGroup };
  const ledger = new LineLedger(`D4-${Date.now()}`);
  const started: MovedInstallation[] = [];
  const start = async (days: number): Promise<MovedInstallation> => {
    await started.at(-1)?.drill.running.stop();
    const moved = await MovedInstallation.start(place, { days, ledger });
    started.push(moved);
    return moved;
  };
  try {
    const first = await start(0);
    await sealOften(first.drill.databaseUrl, first.drill.tenant.id);
    const receivedAt = await first.send(20);
    const cookie = await signIn(first.drill.running.demo.apiUrl, personOf(first.drill));
    const checks: [string, Check][] = [
      ['before', ['lines are lost, doubled or in no block', (await first.settle()) === 0]],
    ];
    const note = (name: string, found: readonly Check[]): void => {
      checks.push(...found.map((check): [string, Check] => [name, check]));
    };
    const soon = await checkMoved(await start(steps.soon), { cookie, receivedAt });
    note(`after ${steps.soon} days`, soon.checks);
    note('back', await checkBack(await start(0), soon));
    note(`after ${steps.late} days`, await checkLate(await start(steps.late)));
    const problems = checks.filter(([, [, isFine]]) => !isFine).map(([when, [problem]]) => `${when}: ${problem}`);
    return {
      drill: 'D4',
      result: problems.length === 0 ? 'pass' : 'fail',
      checks: checks.length,
      lines: ledger.acknowledged.size,
      ...(problems.length === 0 ? {} : { detail: problems.join('; ') }),
    };
  } catch (error) {
    const log = readFileSync(join(place.home, 'logs', 'worker.log'), 'utf8').slice(-500);
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log}`, { cause: error });
  } finally {
    await started.at(-1)?.drill.running.stop();
    rmSync(place.home, { recursive: true, force: true });
  }
}

/** A year passes while one looks. */
export function movedClockCases(): DrillCase[] {
  return [{ name: 'D4', about: 'the clock is moved by 80 days, back, and by 180', run: movedClock }];
}

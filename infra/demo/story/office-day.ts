import { approvalsOf } from './approvals.ts';
import { approvedWork, plainVisit } from './approved-work.ts';
import { directoryLogoff, directoryLogon, doorRow, passwordChange } from './device-lines.ts';
import type { Dice } from './dice.ts';
import { auditedFile, leaseLines } from './host-lines.ts';
import { people, staff, type StoryPerson } from './shop.ts';
import type { StoryLine } from './story-line.ts';
import { hourMs, isWeekend, minuteMs } from './story-time.ts';

/** Arrival, lease, sign-in, and the way home, all within working hours. */
function presence(person: StoryPerson, dayStartMs: number, roll: Dice): StoryLine[] {
  const arrivalMs = dayStartMs + 8 * hourMs + roll.number(12, 50) * minuteMs + roll.number(0, 59) * 1000;
  const departureMs = dayStartMs + 17 * hourMs + roll.number(35, 135) * minuteMs + roll.number(0, 59) * 1000;
  const atDeskMs = arrivalMs + roll.number(3, 8) * minuteMs;
  const noonMs = dayStartMs + 12 * hourMs + roll.number(2, 20) * minuteMs;
  const afterNoonMs = noonMs + roll.number(20, 45) * minuteMs;
  const isMistyped = roll.happens(0.1);
  return [
    doorRow(arrivalMs, person, { door: '正面玄関', direction: '入室' }),
    ...leaseLines(atDeskMs, person),
    ...(isMistyped ? [directoryLogon(atDeskMs + 30_000, person, 'failure')] : []),
    directoryLogon(atDeskMs + 45_000, person, 'success'),
    doorRow(noonMs, person, { door: '正面玄関', direction: '退室' }),
    doorRow(afterNoonMs, person, { door: '正面玄関', direction: '入室' }),
    ...leaseLines(afterNoonMs + 4 * minuteMs, person),
    directoryLogon(afterNoonMs + 5 * minuteMs, person, 'success'),
    directoryLogoff(departureMs - 3 * minuteMs, person),
    doorRow(departureMs, person, { door: '正面玄関', direction: '退室' }),
  ];
}

/** Those who look after machines look at them each day; with rights only where that is approved. */
function visits(person: StoryPerson, dayStartMs: number, roll: Dice): StoryLine[] {
  return person.servers
    .filter((host) => !host.startsWith('sw') && host !== 'fw01')
    .flatMap((host, index) => {
      const fromMs = dayStartMs + (9 + index) * hourMs + roll.number(5, 50) * minuteMs;
      return plainVisit(person, { roll, fromMs, host });
    });
}

/** The settlement file, which accounting reads twice a day. */
function settlement(dayStartMs: number, roll: Dice): StoryLine[] {
  const { account, uid } = people.kato;
  const file = {
    host: 'ap01',
    account,
    uid,
    program: 'less',
    path: '/srv/settlement/day.csv',
    key: '10.2.1-card-data',
  } as const;
  return [11, 16].flatMap((hour) => auditedFile(dayStartMs + hour * hourMs + roll.number(0, 50) * minuteMs, file));
}

function approved(dayStartMs: number, roll: Dice): StoryLine[] {
  const approvals = approvalsOf(dayStartMs);
  return approvals.flatMap((approval) => {
    const sharing = approvals.filter(({ target, fromMs }) => target === approval.target && fromMs === approval.fromMs);
    const tty = sharing.length > 1 ? `pts/${sharing.indexOf(approval)}` : undefined;
    return approvedWork(approval, roll, tty);
  });
}

/** What people do on a day; nobody comes at weekends. */
export function officeDay(dayStartMs: number, roll: Dice): StoryLine[] {
  if (isWeekend(dayStartMs)) return [];
  const newPassword = roll.pick(staff as readonly [StoryPerson, ...StoryPerson[]]);
  return [
    ...staff.flatMap((person) => presence(person, dayStartMs, roll)),
    ...staff.flatMap((person) => visits(person, dayStartMs, roll)),
    ...settlement(dayStartMs, roll),
    ...approved(dayStartMs, roll),
    ...(roll.happens(0.4)
      ? [passwordChange(dayStartMs + 10 * hourMs + roll.number(0, 200) * minuteMs, newPassword, newPassword)]
      : []),
  ];
}

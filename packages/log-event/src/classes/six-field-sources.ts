import type { EventClass, SixField } from './event-class.ts';

type Source = Exclude<SixField, 'time'>;

const person = ['user.name', 'user.id', 'user.effective.name', 'user.email'];
/** What a program does by itself (a clock that is stepped, a log that is rotated) is done by the program. */
const personOrProgram = [...person, 'process.name', 'event.provider'];
/** A sign-in is on record under the name that was used, also where the writer calls it the target. */
const signingIn = [...person, 'user.target.name', 'user.target.id'];

const account = [
  'user.target.name',
  'user.target.id',
  'group.name',
  'group.id',
  'winlog.object_name',
  'cloud.resource',
];
const data = [
  'file.path',
  'file.name',
  'url.path',
  'url.original',
  'akashi.audit.target.name',
  'akashi.audit.target.id',
  'akashi.audit.target.kind',
  'akashi.audit.log_groups',
  'akashi.report.run',
  'akashi.review.day',
  'destination.ip',
  'destination.address',
  'database.object',
  'database.statement',
  'cloud.resource',
];
const own = [
  'entry.door',
  'database.name',
  'process.command_line',
  'service.name',
  'process.name',
  'package.name',
  'registry.path',
  'rule.name',
];
const anything = ['host.name', 'url.original', ...account, 'user.effective.name', ...data, ...own, 'host.ip'];

/** Events of one's own host begin there. */
const origin = ['source.ip', 'host.name', 'entry.door', 'source.address', 'source.mac', 'process.tty.name', 'host.ip'];

const users: Partial<Record<EventClass, readonly string[]>> = {
  'authentication-use': signingIn,
  'access-denied': signingIn,
  'log-control': personOrProgram,
  'system-object': personOrProgram,
  'time-change': personOrProgram,
};

const objects: Partial<Record<EventClass, readonly string[]>> = {
  'card-data-access': [...data, 'process.command_line', 'service.name'],
  'log-access': [...data, 'process.command_line', 'service.name'],
  'account-change': [...account, 'akashi.audit.target.name', 'akashi.audit.target.id'],
  'credential-change': [...account, 'akashi.audit.target.name', 'akashi.audit.target.id', 'akashi.review.credential'],
  'privilege-elevation': [
    ...account,
    'user.effective.name',
    'process.command_line',
    'winlog.privileges',
    'database.statement',
    'akashi.audit.target.name',
    'akashi.audit.target.id',
  ],
};

/** Fields of which one is enough for this one of the six, in an event of this class. */
export function sourcesOf(field: Source, name: EventClass): readonly string[] {
  if (field === 'user') return users[name] ?? person;
  if (field === 'action') return actions;
  if (field === 'outcome') return outcomes;
  if (field === 'origin') return origin;
  return objects[name] ?? anything;
}

const actions = ['event.action'];
const outcomes = ['event.outcome'];

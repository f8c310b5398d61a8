import { shapeText, shapeTokens } from './shape-tokens.ts';

/** Fields whose values a line may hold as words: names of people, hosts and things, and what was typed. */
const named: readonly string[] = [
  'user.name',
  'user.target.name',
  'user.effective.name',
  'user.id',
  'user.email',
  'group.name',
  'host.name',
  'source.address',
  'destination.address',
  'file.path',
  'file.name',
  'process.command_line',
  'process.executable',
  'process.working_directory',
  'process.tty.name',
  'database.name',
  'database.object',
  'database.statement',
  'service.name',
  'package.name',
  'registry.path',
  'registry.value',
  'rule.name',
  'url.path',
  'url.original',
  'url.query',
  'user_agent.original',
  'http.request.referrer',
  'entry.door',
  'interface.name',
];

/** Names of one or two letters stand in too many words to be taken out of a line. */
const shortestName = 3;

/**
 * The shape of an event's message, the same for every event of its kind: values that its fields name, and whatever looks like
 * a value, are `<*>`. With its format and action before it, so that it tells kinds of events apart.
 */
export function eventShape(event: {
  readonly format: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}): string {
  const { format, fields } = event;
  const values = named
    .map((name) => fields[name])
    .filter((value) => typeof value === 'string')
    .filter((value) => value.length >= shortestName)
    // The longest first: a path may hold a name.
    .toSorted((one, other) => other.length - one.length);
  // A digit is a value wherever it stands; blanks keep it from its neighbours.
  const message = values.reduce((text, value) => text.replaceAll(value, ' 0 '), event.message);
  const action = fields['event.action'];
  return `${format}${typeof action === 'string' ? ` ${action}` : ''}: ${shapeText(shapeTokens(message))}`;
}

import { eventClasses } from '../classes/event-class.ts';
import { derivedField, type EventDraft } from '../event-draft.ts';
import { datetimeFormat, type DatetimeFormat } from '../time/datetime-format.ts';
import { timeZoneName } from '../time/time-zone.ts';
import { applyRules } from './apply-rules.ts';
import { compileExpression, type LinearExpression } from './linear-expression.ts';
import { createKeyFinder, type KeyFinder, type Miss } from './key-finder.ts';
import { takeKeys } from './take-keys.ts';
import { ownFormatLimits, ownFormatName, type OwnFormat, type OwnFormatProblem } from './own-format.ts';

/** A format that is ready to read. It holds nothing of the lines that it has read. */
export interface CompiledFormat {
  readonly format: OwnFormat;
  /** The longest text that it reads. */
  readonly mostChars: number;
  /** The first record of an event of several; undefined where each record is an event. */
  readonly begins: LinearExpression | undefined;
  /** Fills the draft from a text; false when that is not in the format. */
  read(draft: EventDraft, text: string): boolean;
  miss(text: string): Miss;
}

export type CompiledOwnFormat =
  | { readonly ok: true; readonly compiled: CompiledFormat }
  | { readonly ok: false; readonly problems: readonly OwnFormatProblem[] };

/** Checks a definition whole, and tells of all that is wrong with it. */
export function compileOwnFormat(format: OwnFormat): CompiledOwnFormat {
  const problems: OwnFormatProblem[] = [];
  if (!ownFormatName.test(format.name)) problems.push({ code: 'name', path: 'name', near: format.name });
  const found = createKeyFinder(format.reading, problems);
  // Of a reading that is wrong nobody knows the keys: what names them is not wrong for that.
  const finder = problems.some(({ path }) => path.startsWith('reading')) ? { ...found, keys: null } : found;
  if (finder.keys?.length === 0 && problems.length === 0) problems.push({ code: 'no-keys', path: 'reading' });
  checkFields(format, finder, problems);
  const times = compileTimes(format, finder, problems);
  checkRules(format, finder, problems);
  const begins = compileBegins(format, problems);
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    compiled: {
      format,
      mostChars: finder.mostChars,
      begins,
      miss: (text) => finder.miss(text),
      read: reader(format, { finder, times }),
    },
  };
}

function reader(format: OwnFormat, { finder, times }: { finder: KeyFinder; times: readonly DatetimeFormat[] }) {
  return (draft: EventDraft, text: string): boolean => {
    if (text.length > finder.mostChars) return false;
    const values = finder.find(text);
    if (values === undefined) return false;
    draft.parsedAs(format.name);
    takeTime(draft, { format, times, values });
    applyRules(draft, format.rules ?? [], values);
    takeKeys(draft, format, values);
    return true;
  };
}

function compileBegins({ begins, reads }: OwnFormat, problems: OwnFormatProblem[]): LinearExpression | undefined {
  if (begins === undefined) return undefined;
  const path = 'begins';
  if (reads === 'message') problems.push({ code: 'not-for-messages', path });
  if (begins === '') problems.push({ code: 'empty', path });
  if (begins.length > ownFormatLimits.patternChars) {
    problems.push({ code: 'too-large', path });
    return undefined;
  }
  const found = compileExpression(begins);
  if (!found.ok) problems.push({ ...found.problem, path });
  return found.ok ? found.expression : undefined;
}

interface TimeParts {
  readonly format: OwnFormat;
  readonly times: readonly DatetimeFormat[];
  readonly values: ReadonlyMap<string, string>;
}

/** The format's own time stands before one of an envelope: a relay's header tells when the relay wrote. */
function takeTime(draft: EventDraft, { format, times, values }: TimeParts): void {
  if (format.time === undefined) return;
  const written = values.get(format.time.key);
  const found =
    written === undefined ? undefined : times.map((each) => each.find(written)).find((each) => each !== undefined);
  if (found === undefined) {
    draft.flaw ??= 'time-unknown';
    return;
  }
  draft.wall = found.wall;
  draft.epochUs = found.epochUs;
  draft.timeText = found.text;
  draft.timeZone = found.wall?.offsetMinutes === undefined ? format.time.timeZone : undefined;
}

function compileTimes({ time }: OwnFormat, { keys }: KeyFinder, problems: OwnFormatProblem[]): DatetimeFormat[] {
  if (time === undefined) return [];
  if (keys !== null && !keys.includes(time.key))
    problems.push({ code: 'unknown-key', path: 'time.key', near: time.key });
  if (time.patterns.length === 0) problems.push({ code: 'empty', path: 'time.patterns' });
  if (time.patterns.length > ownFormatLimits.timePatterns) problems.push({ code: 'too-many', path: 'time.patterns' });
  if (time.timeZone !== undefined && timeZoneName(time.timeZone) === undefined)
    problems.push({ code: 'unknown-time-zone', path: 'time.timeZone', near: time.timeZone });
  return time.patterns.flatMap((pattern, index) => {
    const compiled = datetimeFormat(pattern);
    if (compiled === undefined)
      problems.push({ code: 'bad-time-pattern', path: `time.patterns.${index}`, near: pattern });
    return compiled === undefined ? [] : [compiled];
  });
}

function checkFields({ fields = {} }: OwnFormat, { keys }: KeyFinder, problems: OwnFormatProblem[]): void {
  const entries = Object.entries(fields);
  if (entries.length > ownFormatLimits.fields) problems.push({ code: 'too-many', path: 'fields' });
  for (const [key, field] of entries) {
    const path = `fields.${key}`;
    if (keys !== null && !keys.includes(key)) problems.push({ code: 'unknown-key', path, near: key });
    if (derivedField(field) === undefined || field.startsWith('pci.'))
      problems.push({ code: 'unknown-field', path, near: field });
  }
}

function checkRules({ rules = [] }: OwnFormat, { keys }: KeyFinder, problems: OwnFormatProblem[]): void {
  if (rules.length > ownFormatLimits.rules) problems.push({ code: 'too-many', path: 'rules' });
  for (const [index, { when, set = {}, classes = [] }] of rules.entries()) {
    const path = `rules.${index}`;
    if (when.length > ownFormatLimits.conditions) problems.push({ code: 'too-many', path: `${path}.when` });
    for (const [at, { key }] of when.entries())
      if (keys !== null && !keys.includes(key))
        problems.push({ code: 'unknown-key', path: `${path}.when.${at}`, near: key });
    for (const [name, value] of Object.entries(set)) {
      const field = derivedField(name);
      if (field === undefined || name.startsWith('pci.'))
        problems.push({ code: 'unknown-field', path: `${path}.set.${name}`, near: name });
      else if (field.type !== 'keyword' || value === '')
        problems.push({ code: 'field-type', path: `${path}.set.${name}`, near: name });
    }
    for (const name of classes)
      if (!eventClasses.includes(name)) problems.push({ code: 'unknown-class', path: `${path}.classes`, near: name });
  }
}

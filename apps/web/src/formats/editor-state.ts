import type { FormatDefinition, TriedLine } from '../api-client/formats.ts';

export type Reading = FormatDefinition['reading'];
export type ReadingKind = Reading['kind'];
export type Rule = NonNullable<FormatDefinition['rules']>[number];
export type Condition = Rule['when'][number];

export const readingKinds = [
  'grok',
  'expression',
  'key-value',
  'csv',
  'json',
  'xml',
] as const satisfies readonly ReadingKind[];

/** What each kind begins with. */
export function newReading(kind: ReadingKind): Reading {
  switch (kind) {
    case 'grok':
      return { kind, patterns: [''] };
    case 'expression':
      return { kind, expressions: [''] };
    case 'key-value':
      return { kind, between: ' ', assigns: '=' };
    case 'csv':
      return { kind, separator: ',', columns: [] };
    case 'json':
    case 'xml':
      return { kind };
  }
}

export function newDefinition(): FormatDefinition {
  return { name: '', reads: 'record', reading: newReading('grok') };
}

/** Whether there is anything to try: the shape that the API takes. */
export function isComplete({ reading }: FormatDefinition): boolean {
  if (reading.kind === 'grok') return reading.patterns.length > 0 && reading.patterns.every((each) => each !== '');
  if (reading.kind === 'expression')
    return reading.expressions.length > 0 && reading.expressions.every((each) => each !== '');
  if (reading.kind === 'csv') return reading.columns.length > 0 && reading.separator.length === 1;
  return true;
}

export interface FoundKey {
  readonly key: string;
  /** A value of it, from the lines. */
  readonly sample: string;
}

/** The keys that the lines gave, each with a value: what no field took yet, and what one did. */
export function foundKeys(tried: readonly TriedLine[], { fields = {}, reading, time }: FormatDefinition): FoundKey[] {
  const samples = new Map<string, string>();
  const note = (key: string, value: string) => {
    if ((samples.get(key) ?? '') === '') samples.set(key, value);
  };
  if (reading.kind === 'csv') for (const column of reading.columns) if (column !== '') note(column, '');
  for (const { isRead, labels, fields: values, originalTime } of tried) {
    if (!isRead) continue;
    for (const [key, value] of Object.entries(labels)) note(key, value);
    for (const [key, field] of Object.entries(fields)) note(key, String(values[field] ?? ''));
    if (time !== undefined) note(time.key, originalTime ?? '');
  }
  return [...samples].map(([key, sample]) => ({ key, sample }));
}

/** A definition with a key going to a field; null leaves it as a label. */
export function withField(definition: FormatDefinition, key: string, field: string | null): FormatDefinition {
  const { [key]: _former, ...others } = definition.fields ?? {};
  const fields = field === null ? others : { ...others, [key]: field };
  const { fields: _all, ...rest } = definition;
  return Object.keys(fields).length === 0 ? rest : { ...rest, fields };
}

/** A definition with the expression of an event's first line; none leaves the member out, as what a header leaves has none. */
export function withBegins(definition: FormatDefinition, begins: string): FormatDefinition {
  const { begins: _former, ...rest } = definition;
  return begins === '' || definition.reads === 'message' ? rest : { ...rest, begins };
}

/** A definition with its rules; none leaves the member out. */
export function withRules(definition: FormatDefinition, rules: Rule[]): FormatDefinition {
  const { rules: _former, ...rest } = definition;
  return rules.length === 0 ? rest : { ...rest, rules };
}

/** Values as they are typed in one field: `login, サインイン`. */
export function splitValues(text: string): string[] {
  return text
    .split(/[,、，]/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

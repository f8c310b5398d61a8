/** A JSON schema as far as the contracts' schemas use it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  pattern?: string;
  minimum?: number;
  minLength?: number;
  minItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

const uuid = '0199d0c0-4a00-7000-8000-000000000001';
const sha256 = 'C+xF1oQmYJbnXnAXXSzSuWj4LaVYuq0pZQm1lVxvY4E=';

/** What properties of these names look like; the schema's own enum or constant goes before. */
const byName: Readonly<Record<string, unknown>> = {
  query: 'event.outcome:failure user.name:root',
  from: '2026-11-21T09:00:00+09:00',
  to: '2026-11-22T09:00:00+09:00',
  timeZone: 'Asia/Tokyo',
  logGroup: 'linux/auth',
  logGroups: ['linux/*'],
  logStream: 'web01',
  logStreams: ['web*'],
  fields: ['user.name'],
  hiddenFields: ['user.email'],
  addressRange: '192.0.2.0/24',
  addressRanges: ['192.0.2.0/24'],
  address: '192.0.2.7',
  lastUsedFrom: '192.0.2.7',
  email: 'sato@example.jp',
  password: 'yama-no-ue-7-tori',
  newPassword: 'kawa-no-soko-8-ishi',
  code: '123456',
  name: 'web servers',
  displayName: '佐藤 花子',
  language: 'ja',
  message: 'Failed password for root from 203.0.113.9 port 4711 ssh2',
  record: 'Nov 22 10:00:01 web01 sshd[42]: Failed password for root from 203.0.113.9 port 4711 ssh2',
  rowFilter: 'host.name:web01',
  reason: 'the daily review of the web servers',
  approvedBy: uuid,
  slug: 'demo',
  secret: 'akashi_api_… (shown once)',
  certificateFingerprint: 'ab'.repeat(32),
  format: 'syslog-rfc3164',
  cursor: 'eyJhIjoxfQ',
  next: 'eyJhIjoxfQ',
  rootHash: sha256,
  bodySha256: sha256,
  requestId: 'a2f4c1d0-1111-4222-8333-444455556666',
  role: 'reviewer',
};

const deepest = 8;

/** One plausible value of the schema: what an operation's example shows. Optional parts are left out below two levels. */
export function exampleOf(schema: Schema, components: Readonly<Record<string, Schema>>): unknown {
  return example(schema, { components, name: '', depth: 0 });
}

interface At {
  readonly components: Readonly<Record<string, Schema>>;
  readonly name: string;
  readonly depth: number;
}

function example(given: Schema, at: At): unknown {
  const schema = resolve(given, at);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const known = byName[at.name];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (known !== undefined && (type === undefined || type === typeName(known))) return known;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return example(choices.find((each) => each.type !== 'null') ?? {}, at);
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((each) => example(each, at)));
  if (schema.default !== undefined) return schema.default;
  if (schema.properties !== undefined || type === 'object') return exampleObject(schema, at);
  if (type === 'array') {
    const isShown = at.depth < deepest && schema.items !== undefined;
    return isShown && schema.items !== undefined
      ? [example(schema.items, { ...at, name: singular(at.name), depth: at.depth + 1 })]
      : [];
  }
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 0, 1);
  if (type === 'boolean') return true;
  return exampleText(schema);
}

function exampleObject(schema: Schema, at: At): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const isNeeded = schema.required?.includes(name) === true;
    if (!isNeeded && (at.depth > 1 || name === 'cursor')) continue;
    if (at.depth < deepest) shown[name] = example(property, { ...at, name, depth: at.depth + 1 });
  }
  return shown;
}

function exampleText({ format, pattern, minLength }: Schema): string {
  if (format === 'uuid') return uuid;
  if (format === 'date-time') return '2026-11-22T10:00:01.123Z';
  if (format === 'email') return 'sato@example.jp';
  if (format === 'uri') return 'https://logs.example.jp/';
  if (pattern?.includes('_-]{22}') === true) return 'AZndwAAAcACAAAAAAAAAAQ.17';
  if (pattern?.includes('A-Za-z0-9+/') === true) return sha256;
  return 'text'.padEnd(minLength ?? 0, 'x');
}

function resolve(schema: Schema, at: At): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (at.components[name] ?? {});
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function singular(name: string): string {
  return name.endsWith('s') ? name.slice(0, -1) : name;
}

/** What a field is asked of. */
export interface TextSource {
  readonly text: string;
  value(field: string): unknown;
}

export const none: readonly string[] = [];

/** `RuleEvent.texts`. */
export function fieldTexts(source: TextSource, field: string): readonly string[] {
  if (field.startsWith('record:')) return pairTexts(source.text, field.slice('record:'.length));
  if (field.startsWith('json:')) return jsonTexts(source.text, field.slice('json:'.length).split('.'));
  const at = field.indexOf('\\');
  if (at < 0) return textsOf(source.value(field));
  const [first] = textsOf(source.value(field.slice(0, at)));
  const [second] = textsOf(source.value(field.slice(at + 1)));
  return first === undefined || second === undefined ? none : [`${first}\\${second}`];
}

function textsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return none;
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'object' ? none : [String(value as number | boolean)];
}

const plainName = /^[A-Za-z0-9_]+$/;
const hexText = /^(?:[0-9A-F]{2})+$/;
/** Records of Linux audit write these in hexadecimal where they hold blanks or quotes. */
const mayBeHex = /^(?:a\d+|name|comm|exe|cmd|proctitle|cwd|path)$/;

/** `a="…"` or `a=…` of a record; what Linux audit wrote in hexadecimal is read. */
function pairTexts(text: string, name: string): readonly string[] {
  if (!plainName.test(name) || !text.includes(`${name}=`)) return none;
  const match = new RegExp(`(?:^|[\\s'{(\\u001d])${name}=(?:"([^"]*)"|'([^']*)'|([^\\s"'\\u001d]+))`).exec(text);
  if (match === null) return none;
  const [, double, single, bare] = match;
  const quoted = double ?? single;
  if (quoted !== undefined) return [quoted];
  if (bare === undefined) return none;
  const isHex = mayBeHex.test(name) && bare.length > 2 && hexText.test(bare);
  return [isHex ? Buffer.from(bare, 'hex').toString('utf8').replaceAll('\0', ' ') : bare];
}

function jsonTexts(text: string, path: readonly string[]): readonly string[] {
  const start = text.indexOf('{');
  if (start < 0) return none;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(start));
  } catch {
    return none;
  }
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return none;
    value = (value as Record<string, unknown>)[name];
  }
  return textsOf(value);
}

import type { QueryError } from './query-error.ts';
import type { QueryFields } from './query-fields.ts';
import type { QueryToken } from './scan-query.ts';

const day = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/;
const timeOfDay = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;

/** The condition that `user=root` may be meant as. It is read as text, which many lines hold so. */
export function conditionInText(token: QueryToken & { kind: 'word' }, fields: QueryFields): string | undefined {
  const [, name, value] = /^([^\s=]+)=([^\s=]+)$/u.exec(token.text) ?? [];
  if (name === undefined || value === undefined || token.wildcard || !fields.resolve(name).known) return undefined;
  return `${name}:${value}`;
}

/** `@timestamp>=2026-11-30 11:55`: the time would be a word of its own, and the date the whole day. */
export function timeApart(text: string, date: QueryToken, time: QueryToken | undefined): QueryError | undefined {
  if (date.kind !== 'word' || time?.kind !== 'word' || !day.test(date.text) || !timeOfDay.test(time.text))
    return undefined;
  const start = date.start + (date.comparison?.length ?? 0);
  return {
    code: 'time-apart',
    position: time.start,
    length: time.end - time.start,
    params: { time: time.text },
    suggestion: `${text.slice(0, start)}"${date.text} ${time.text}"${text.slice(time.end)}`,
  };
}

/** `user in (a, b)`, as SQL writes it: the words would all be demanded of the message. `tokens` begin with the name. */
export function listBehindIn(text: string, tokens: readonly QueryToken[], fields: QueryFields): QueryError | undefined {
  const [name, word, open] = tokens;
  if (name?.kind !== 'word' || word?.kind !== 'word' || open?.kind !== 'open') return undefined;
  if (!fields.resolve(name.text).known) return undefined;
  const list = /^\(([^()]*)\)/u.exec(text.slice(open.start))?.[1] ?? '';
  const values = list.split(/[,、\s]+/u).filter((value) => value !== '');
  const end = open.start + list.length + 2;
  const place = { position: name.start, length: end - name.start };
  if (values.length === 0) return { code: 'foreign-operator', ...place, params: { operator: word.text } };
  const own = `${name.text}:(${values.join(' OR ')})`;
  const suggestion = text.slice(0, name.start) + own + text.slice(end);
  return { code: 'foreign-operator', ...place, params: { operator: word.text, own }, suggestion };
}

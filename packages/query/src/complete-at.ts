import { defaultQueryFields, type QueryFields } from './query-fields.ts';
import { scanQuery } from './scan-query.ts';

/** What is being typed at the cursor; a choice replaces the text from `start` to `end`. */
export type Completion = { start: number; end: number; typed: string } & (
  { kind: 'name' } | { kind: 'value'; field: string } | { kind: 'operator' }
);

/**
 * `name` where a field name or a word may begin, `value` after a field (also inside `field:( … )`), `operator` right
 * after a complete condition and a space.
 */
export function completeAt(text: string, cursor: number, fields: QueryFields = defaultQueryFields): Completion {
  const before = text.slice(0, cursor);
  const { tokens } = scanQuery(before, fields);
  const groups: (string | undefined)[] = [];
  let fieldBefore: { name: string; end: number } | undefined;
  for (const token of tokens) {
    const own = fieldBefore?.end === token.start ? fieldBefore.name : groups.at(-1);
    if (token.kind === 'open') groups.push(own);
    else if (token.kind === 'close') groups.pop();
    if (token.kind === 'field') fieldBefore = { name: fields.resolve(token.name).name, end: token.end };
    else if (token.end !== cursor || token.kind === 'close' || token.kind === 'open') continue;
    else {
      const end = endOfWord(text, cursor);
      const typed =
        token.kind === 'quoted' ? token.text : before.slice(token.start).replace(/^["\u201C\u201D\uFF02]/u, '');
      const place = { start: token.start, end, typed };
      return own === undefined ? { kind: 'name', ...place } : { kind: 'value', field: own, ...place };
    }
  }
  const place = { start: cursor, end: endOfWord(text, cursor), typed: '' };
  const last = tokens.at(-1);
  if (last?.kind === 'field' && last.end === cursor)
    return { kind: 'value', field: fields.resolve(last.name).name, ...place };
  const group = groups.at(-1);
  const isComplete = last !== undefined && ['word', 'quoted', 'range', 'close', 'unreadable'].includes(last.kind);
  if (isComplete) return { kind: 'operator', ...place };
  return group === undefined ? { kind: 'name', ...place } : { kind: 'value', field: group, ...place };
}

function endOfWord(text: string, cursor: number): number {
  return cursor + (/^[^\s\u3000()（）:："<>]*/u.exec(text.slice(cursor))?.[0].length ?? 0);
}

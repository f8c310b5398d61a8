import type { ReadValue } from './read-value.ts';
import { foldToken, tokenize } from './tokenize.ts';

/**
 * Words for a text field. A wildcard stays inside one word (`fail*`, `f?iled`). Beside a Japanese, Chinese or Korean
 * character a leading or trailing `*` says nothing, since parts of such words are found anyway, and is dropped.
 */
export function readWords(field: string, value: { text: string; pattern: string; wildcard: boolean }): ReadValue {
  if (!value.wildcard) {
    if (tokenize(value.text).length === 0)
      return { ok: false, code: 'nothing-to-search', params: { text: value.text } };
    return { ok: true, tree: { kind: 'words', field, text: value.text } };
  }
  const bare = value.text.replace(/^[*＊]+|[*＊]+$/gu, '');
  const tokens = tokenize(bare);
  const edges = [tokens.at(0), tokens.at(-1)];
  const inner = value.pattern.replace(/^\*+|\*+$/g, '');
  if (edges.every((edge) => edge?.cjk === true) && !/[*?]/.test(inner))
    return { ok: true, tree: { kind: 'words', field, text: bare } };
  if (tokens.length === 0) return { ok: false, code: 'nothing-to-search', params: { text: value.text } };
  const pattern = foldToken(value.pattern.replace(/^[^\p{L}\p{M}\p{N}*?]+|[^\p{L}\p{M}\p{N}*?]+$/gu, ''));
  const probe = pattern.replace(/[*?]/g, 'a');
  const [token, ...others] = tokenize(probe);
  if (others.length > 0 || token?.text !== probe || token.cjk) {
    const words = value.text.split(/[^\p{L}\p{M}\p{N}*?]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
    const isApart = words.length > 1 && words.every((word) => tokenize(word.replace(/[*?]/g, 'a')).length === 1);
    return {
      ok: false,
      code: 'wildcard-in-phrase',
      params: { text: value.text },
      ...(isApart ? { replacement: `(${words.join(' ')})` } : {}),
    };
  }
  return { ok: true, tree: { kind: 'word-pattern', field, pattern } };
}

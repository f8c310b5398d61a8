import { tokenize, type TextToken } from './tokenize.ts';
import { unicodeForms } from './unicode-forms.ts';

/**
 * How words are looked for. The index holds Japanese, Chinese and Korean text as single characters and as pairs of
 * directly joined characters at the same positions; the pairs make such text quick to find.
 */
export interface WordsPlan {
  /** All tokens, adjacent and in order; not needed when the words are one run of joined characters. */
  phrase?: readonly string[];
  /** Runs of two or more joined characters, each of which must occur joined. */
  runs: readonly string[];
}

export function planWords(text: string): WordsPlan {
  const tokens = tokenize(text);
  const runs = joinedRuns(tokens);
  const isOneRun = runs.length === 1 && runs[0]?.length === tokens.length;
  return {
    ...(isOneRun ? {} : { phrase: tokens.map((token) => token.text) }),
    runs: runs.filter((run) => run.length > 1).map((run) => run.map((token) => token.text).join('')),
  };
}

/** Comparisons that words cost the index in each text field. */
export function wordsWeight(text: string): number {
  return unicodeForms(text)
    .map(planWords)
    .reduce((weight, plan) => weight + (plan.phrase === undefined ? 0 : 1) + plan.runs.length, 0);
}

function joinedRuns(tokens: readonly TextToken[]): TextToken[][] {
  const runs: TextToken[][] = [];
  for (const token of tokens) {
    if (!token.cjk) continue;
    if (token.joined) runs.at(-1)?.push(token);
    else runs.push([token]);
  }
  return runs.filter((run) => run.length > 1);
}

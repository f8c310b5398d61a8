import type { RuleInput, RuleProblemAnswer, WrittenRule } from '@akashi/contracts';
import type { RuleContent } from '@akashi/database';
import { parseSigma, ruleProblems, sigmaRule, type Rule, type RuleProblem, type RuleText } from '@akashi/detection';
import { explainQueryError, parseQuery } from '@akashi/query';
import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';
import { sigmaProblemWords, wordsOf } from './problem-words.ts';

type Language = RequestContext['language'];

export type ReadRule =
  | { readonly ok: true; readonly rule: Rule; readonly format: RuleContent['format']; readonly source: string }
  | { readonly ok: false; readonly problems: readonly RuleProblemAnswer[] };

/** A rule as it is used, or everything that keeps it from being used, in the reader's language. */
export function readRule(written: WrittenRule, language: Language): ReadRule {
  return typeof written === 'string' ? readSigma(written, language) : readOwn(written, language);
}

/** The same for those who want it as it is saved; refused with the first problem. */
export function readForSaving(written: WrittenRule, language: Language): RuleContent {
  const read = readRule(written, language);
  if (read.ok) return contentOf(read);
  const [first] = read.problems;
  throw new AppError('rule-refused', {
    detail: first?.message,
    reason: first?.code,
    position: first?.position,
    params: { path: first?.path ?? '', ...(first?.near === undefined ? {} : { near: first.near }) },
  });
}

export function contentOf({ rule, format, source }: Extract<ReadRule, { ok: true }>): RuleContent {
  const { title, kind, severity } = rule;
  return { title, kind, severity, format, source, document: rule };
}

function readOwn(input: RuleInput, language: Language): ReadRule {
  const rule = ruleOf(input);
  const problems = ruleProblems(rule).map((problem) => showProblem(problem, rule, language));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, rule, format: 'json', source: JSON.stringify(input, null, 2) };
}

/** Without the members that are not said. */
function ruleOf({ title, description, ...rest }: RuleInput): Rule {
  const texts = { title: inBoth(title), ...(description === undefined ? {} : { description: inBoth(description) }) };
  return JSON.parse(JSON.stringify({ ...texts, ...rest })) as Rule;
}

function inBoth(text: string | RuleText): RuleText {
  return typeof text === 'string' ? { ja: text, en: text } : text;
}

function showProblem({ at, code, position }: RuleProblem, rule: Rule, language: Language): RuleProblemAnswer {
  const place = position === undefined ? {} : { position };
  const words = wordsOf(code);
  if (words !== undefined) return { code, path: at, ...place, message: words[language] };
  const parsed = parseQuery(textAt(rule, at), { timeZone: 'UTC' });
  return { code, path: at, ...place, message: parsed.ok ? code : explainQueryError(parsed, language) };
}

/** The text at a path such as `steps.1.where`. */
function textAt(rule: Rule, path: string): string {
  const found = path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], rule);
  return typeof found === 'string' ? found : '';
}

function readSigma(source: string, language: Language): ReadRule {
  const parsed = parseSigma(source);
  if (!parsed.ok) {
    const { code, about } = parsed.problem;
    const near = about === undefined ? {} : { near: about };
    return { ok: false, problems: [{ code, path: 'sigma', ...near, message: sigmaProblemWords[code][language] }] };
  }
  return { ok: true, rule: sigmaRule(source, parsed.file), format: 'sigma', source };
}

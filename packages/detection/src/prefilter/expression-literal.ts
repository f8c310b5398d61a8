/**
 * The longest text that stands in everything that an expression matches, undefined where none is plain to see. What is repeated,
 * optional or one of several is passed over, so that too little is found rather than too much.
 */
export function expressionLiteral(expression: string): string | undefined {
  if (expression.includes('(?x') || expression.includes('\\Q')) return undefined;
  const runs = [''];
  const end = (): void => void runs.push('');
  for (let at = 0; at < expression.length; at++) {
    const sign = expression.charAt(at);
    if (sign === '|') return undefined;
    if (sign === '(' || sign === '[') {
      at = sign === '(' ? groupEnd(expression, at) : classEnd(expression, at);
      end();
    } else if (sign === '*' || sign === '?' || sign === '{') {
      runs[runs.length - 1] = (runs.at(-1) ?? '').slice(0, -1);
      if (sign === '{') at = Math.max(at, expression.indexOf('}', at));
      end();
    } else if (sign === '+' || sign === '.' || sign === '^' || sign === '$') end();
    else if (sign === '\\') {
      const next = expression.charAt(++at);
      if (/[A-Za-z0-9]/.test(next)) {
        if (/[xpPu]/.test(next)) return undefined;
        end();
      } else runs[runs.length - 1] += next;
    } else runs[runs.length - 1] += sign;
  }
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  return longest === '' ? undefined : longest;
}

/** The place of the parenthesis that closes a group. */
function groupEnd(expression: string, start: number): number {
  let depth = 0;
  for (let at = start; at < expression.length; at++) {
    const sign = expression.charAt(at);
    if (sign === '\\') at++;
    else if (sign === '[') at = classEnd(expression, at);
    else if (sign === '(') depth++;
    else if (sign === ')' && --depth === 0) return at;
  }
  return expression.length;
}

/** The place of the bracket that closes a class; one right behind its beginning belongs to it. */
function classEnd(expression: string, start: number): number {
  let at = start + 1;
  if (expression.charAt(at) === '^') at++;
  if (expression.charAt(at) === ']') at++;
  for (; at < expression.length; at++) {
    const sign = expression.charAt(at);
    if (sign === '\\') at++;
    else if (sign === '[' && expression.charAt(at + 1) === ':') at = Math.max(at, expression.indexOf(':]', at) + 1);
    else if (sign === ']') return at;
  }
  return expression.length;
}

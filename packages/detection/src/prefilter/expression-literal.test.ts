import { expect, it } from 'vitest';
import { expressionLiteral } from './expression-literal.ts';

it.each([
  ['powershell', 'powershell'],
  ['^C:\\\\Windows\\\\(?:a|b)\\.exe$', 'C:\\Windows\\'],
  ['colou?r', 'colo'],
  ['ab{2,}cdef', 'cdef'],
  ['(?i)abc', 'abc'],
  ['[a-z]+x[]|)]yz1', 'yz1'],
  ['a\\wbc', 'bc'],
  ['a(b(c|[)])d)ef', 'ef'],
])('%s needs %s', (expression, literal) => {
  expect(expressionLiteral(expression)).toBe(literal);
});

it.each(['abc|def', '\\x41bc', '(abc)?', '.*', ''])('%s needs nothing that is plain to see', (expression) => {
  expect(expressionLiteral(expression)).toBeUndefined();
});

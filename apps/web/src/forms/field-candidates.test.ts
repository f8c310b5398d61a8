import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../api-client/api-problem.ts';
import { fieldCandidates } from './field-candidates.ts';

const problem = (code: string, params: Record<string, unknown> = {}) =>
  new ApiProblem({ status: 400, code, requestId: null, params });

describe('fieldCandidates', () => {
  it.each([
    [
      'the place that the API names',
      problem('request-invalid', { detail: 'addressRange: is no address' }),
      ['addressRange'],
    ],
    [
      'the places around it',
      problem('request-invalid', { detail: 'contacts.0.email: Invalid email address' }),
      ['contacts.0.email', 'contacts.0', 'contacts'],
    ],
    [
      'the place alone',
      problem('setting-too-weak', { detail: 'security.idleMinutes' }),
      ['security.idleMinutes', 'security'],
    ],
    ['the field of a code', problem('name-taken'), ['name']],
    ['none where the API names none', problem('request-invalid', { detail: 'a text holds a character: 7' }), []],
    ['none of what is no refusal', new TypeError('name: x'), []],
  ])('are %s', (_, error, fields) => {
    expect(fieldCandidates(error)).toEqual(fields);
  });

  it('begin with what the form says of a code and its reason', () => {
    const fields = { 'conflict/address-bound': 'addressRange', conflict: 'name' };
    expect(fieldCandidates(problem('conflict', { reason: 'address-bound' }), fields)).toEqual(['addressRange']);
    expect(fieldCandidates(problem('conflict', { reason: 'other' }), fields)).toEqual(['name']);
  });
});

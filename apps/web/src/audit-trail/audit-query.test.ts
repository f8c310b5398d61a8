import { parseQuery } from '@akashi/query';
import { describe, expect, it } from 'vitest';
import { auditQuery } from './audit-query.ts';

const none = { group: null, action: null, actor: '', target: '', outcome: null };

describe('auditQuery', () => {
  it('is the whole trail without conditions', () => {
    expect(auditQuery(none)).toBe('log.group:akashi/audit');
  });

  it('can be read by the explorer, whatever is typed', () => {
    const query = auditQuery({
      group: 'sign-in',
      action: 'sign-in.password',
      actor: '佐藤 "花子" \\',
      target: 'a:b (c)',
      outcome: 'failure',
    });
    expect(parseQuery(query).ok).toBe(true);
  });
});

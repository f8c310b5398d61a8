/** Statements that say of a key that another one takes its place: `data-key` and `signing-key`. */
import type { LogStatement } from './log-statement.ts';
import { logOrigin } from './log-origin.ts';

export const dataKeyKind = 'data-key';
export const signingKeyKind = 'signing-key';

export interface KeyChange {
  /** Of a data key its id, of a signing key its verifier key. */
  readonly old: string;
  readonly new: string;
  /** Such as `yearly`, or what a person wrote. */
  readonly reason: string;
  readonly who: string;
}

/** What a statement says about a change of keys. */
export function keyChangeContent({ old, new: next, reason, who }: KeyChange): LogStatement['content'] {
  return { new: next, old, reason, who };
}

const names = ['new', 'old', 'reason', 'who'] as const;

/** The change that a statement of one of these kinds says; null for another kind and for a content that says none. */
export function readKeyChange({ kind, content, tenantId }: LogStatement): KeyChange | null {
  if (kind !== dataKeyKind && kind !== signingKeyKind) return null;
  const values = names.map((name) => content[name]);
  if (Object.keys(content).length !== names.length || !values.every((value) => typeof value === 'string')) return null;
  const [next = '', old = '', reason = '', who = ''] = values as string[];
  if (next === old || next === '' || old === '') return null;
  if (kind === signingKeyKind && ![next, old].every((key) => key.startsWith(`${logOrigin(tenantId)}+`))) return null;
  return { new: next, old, reason, who };
}

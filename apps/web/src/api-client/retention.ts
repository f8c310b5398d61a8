import type {
  LogGroupKeeping,
  LogGroupKeepingDetail,
  LogGroupRetention,
  LogStreamKeeping,
  NewRetentionPolicy,
  PciScopeChange,
  RetentionAnswer,
  RetentionChange,
  RetentionDays,
  RetentionPoliciesAnswer,
  RetentionPolicyAnswer,
  RetentionPolicyChange,
  RetentionPolicyRef,
  RetentionVerdict,
  WaitingRetentionChange,
} from '@akashi/contracts';
import { callApi, readFile } from './call-api.ts';

export type Retention = RetentionAnswer;
export type RetentionPolicy = RetentionPolicyAnswer;
export type RetentionPolicies = RetentionPoliciesAnswer;
export type {
  LogGroupKeeping,
  LogGroupKeepingDetail,
  LogGroupRetention,
  LogStreamKeeping,
  NewRetentionPolicy,
  PciScopeChange,
  RetentionChange,
  RetentionDays,
  RetentionPolicyChange,
  RetentionPolicyRef,
  RetentionVerdict,
  WaitingRetentionChange,
};

export function readRetention(signal: AbortSignal): Promise<Retention> {
  return callApi({ path: '/v1/retention', signal });
}

/** One log group with its log streams and what was changed. */
export function readLogGroupKeeping(logGroup: string, signal: AbortSignal): Promise<LogGroupKeepingDetail> {
  return callApi({ path: `${groupPath(logGroup)}/retention`, signal });
}

const evidenceTypes = { csv: 'text/csv', json: 'application/json' } as const;

/** What 10.5.1 asks for, of every log group and stream, as a file. */
export function readRetentionEvidence(format: keyof typeof evidenceTypes, language: 'ja' | 'en'): Promise<Blob> {
  return readFile(`/v1/retention/evidence?${new URLSearchParams({ format, language })}`, evidenceTypes[format]);
}

export function readPolicies(signal: AbortSignal): Promise<RetentionPolicies> {
  return callApi({ path: '/v1/retention-policies', signal });
}

export function createPolicy(body: NewRetentionPolicy): Promise<RetentionPolicy> {
  return callApi({ method: 'POST', path: '/v1/retention-policies', body });
}

/** Raising is in force with the answer; lowering is refused with `second-person-required` and waits. */
export function changePolicy(id: string, body: RetentionPolicyChange): Promise<RetentionPolicy> {
  return callApi({ method: 'PUT', path: `/v1/retention-policies/${encodeURIComponent(id)}`, body });
}

export function moveLogGroup(logGroup: string, body: LogGroupRetention): Promise<unknown> {
  return callApi({ method: 'PUT', path: `${groupPath(logGroup)}/retention`, body });
}

export function changeScope(logGroup: string, body: PciScopeChange): Promise<unknown> {
  return callApi({ method: 'PUT', path: `${groupPath(logGroup)}/pci-scope`, body });
}

function groupPath(logGroup: string): string {
  return `/v1/log-groups/${encodeURIComponent(logGroup)}`;
}

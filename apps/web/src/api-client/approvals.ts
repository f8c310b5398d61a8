import type { ApprovalAnswer, ApprovalsAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type Approval = ApprovalAnswer;
export type ApprovalStep = 'confirm' | 'decline' | 'withdraw';

export async function readApprovals(signal: AbortSignal): Promise<Approval[]> {
  return (await callApi<ApprovalsAnswer>({ path: '/v1/approvals', signal })).items;
}

export function decideApproval(id: string, step: ApprovalStep, note: string | null): Promise<Approval> {
  const path = `/v1/approvals/${encodeURIComponent(id)}/${step}`;
  return callApi({ method: 'POST', path, ...(step === 'withdraw' ? {} : { body: { note } }) });
}

import type {
  BlocksAnswer,
  CheckpointAnswer,
  LogStanding,
  ProofAnswer,
  VerificationProgress,
  VerificationsAnswer,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type BlockRow = BlocksAnswer['items'][number];
export type Verification = VerificationsAnswer['items'][number];

export type { LogStanding, VerificationProgress };
export type Finding = LogStanding['findings'][number];

/** Blocks of the page's table; the verifier is the tool for all of them. */
const latestBlocks = 50;

export function readProof(id: string): Promise<ProofAnswer> {
  return callApi({ path: `/v1/events/${encodeURIComponent(id)}/proof` });
}

export function readCheckpoint(signal: AbortSignal): Promise<CheckpointAnswer> {
  return callApi({ path: '/v1/log/checkpoint', signal });
}

/** What the last verification says of the whole log: asked for by every page, again and again. */
export function readStanding(signal: AbortSignal): Promise<LogStanding> {
  return callApi({ path: '/v1/log/standing', signal, background: true });
}

export async function readBlocks(signal: AbortSignal): Promise<BlockRow[]> {
  return (await callApi<BlocksAnswer>({ path: `/v1/log/blocks?limit=${latestBlocks}`, signal })).items;
}

export async function readVerifications(signal: AbortSignal): Promise<Verification[]> {
  return (await callApi<VerificationsAnswer>({ path: '/v1/log/verifications', signal })).items;
}

export function readVerificationProgress(signal: AbortSignal): Promise<VerificationProgress> {
  return callApi({ path: '/v1/log/verification', signal, background: true });
}

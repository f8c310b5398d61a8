import type {
  CheckpointSendingsAnswer,
  CheckpointWayAnswer,
  CheckpointWayChange,
  CheckpointWaysAnswer,
  CreatedCheckpointWay,
  NewCheckpointWay,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type CheckpointWay = CheckpointWayAnswer;
export type CheckpointSending = CheckpointSendingsAnswer['items'][number];
export type { CreatedCheckpointWay, NewCheckpointWay };

const latestSendings = 30;

export async function readCheckpointWays(signal: AbortSignal): Promise<CheckpointWay[]> {
  return (await callApi<CheckpointWaysAnswer>({ path: '/v1/checkpoint-ways', signal })).items;
}

export function createCheckpointWay(body: NewCheckpointWay): Promise<CreatedCheckpointWay> {
  return callApi({ method: 'POST', path: '/v1/checkpoint-ways', body });
}

export function changeCheckpointWay(id: string, body: CheckpointWayChange): Promise<CheckpointWay> {
  return callApi({ method: 'PATCH', path: `/v1/checkpoint-ways/${encodeURIComponent(id)}`, body });
}

export function removeCheckpointWay(id: string): Promise<void> {
  return callApi({ method: 'DELETE', path: `/v1/checkpoint-ways/${encodeURIComponent(id)}` });
}

export async function readCheckpointSendings(signal: AbortSignal): Promise<CheckpointSending[]> {
  const path = `/v1/checkpoint-sendings?limit=${latestSendings}`;
  return (await callApi<CheckpointSendingsAnswer>({ path, signal, background: true })).items;
}

/** Has the newest verified checkpoint leave on every way now. */
export async function sendCheckpoint(): Promise<CheckpointSending[]> {
  return (await callApi<CheckpointSendingsAnswer>({ method: 'POST', path: '/v1/checkpoint-sendings', body: {} })).items;
}

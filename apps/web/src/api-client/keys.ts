import type {
  AccessKeyAnswer,
  AccessKeysAnswer,
  AccessKeyWithSecret,
  ArrivalAnswer,
  KeyRotationRequest,
  NewAccessKeyRequest,
  SenderConfigurationAnswer,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type { AccessKeyWithSecret, ArrivalAnswer, SenderConfigurationAnswer };
export type AccessKey = AccessKeyAnswer;

export async function readKeys(signal: AbortSignal): Promise<AccessKey[]> {
  return (await callApi<AccessKeysAnswer>({ path: '/v1/access-keys', signal })).items;
}

export function createKey(key: NewAccessKeyRequest): Promise<AccessKeyWithSecret> {
  return callApi({ method: 'POST', path: '/v1/access-keys', body: key });
}

/** Everything else of the key stays as it is. */
export function setKeyEncoding(
  { id, name, logGroups, addressRanges }: AccessKey,
  encoding: NonNullable<NewAccessKeyRequest['encoding']> | null,
): Promise<AccessKey> {
  return callApi({ method: 'PUT', path: keyPath(id), body: { name, logGroups, addressRanges, encoding } });
}

export function rotateKey(id: string, rotation: Partial<KeyRotationRequest>): Promise<AccessKeyWithSecret> {
  return callApi({ method: 'POST', path: `${keyPath(id)}/rotate`, body: rotation });
}

export function revokeKey(id: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: keyPath(id) });
}

export function readKeyConfiguration(id: string, signal: AbortSignal): Promise<SenderConfigurationAnswer> {
  return callApi({ path: `${keyPath(id)}/configuration`, signal });
}

export function readKeyArrival(id: string, signal: AbortSignal): Promise<ArrivalAnswer> {
  return callApi({ path: `${keyPath(id)}/arrival`, signal });
}

function keyPath(id: string): string {
  return `/v1/access-keys/${encodeURIComponent(id)}`;
}

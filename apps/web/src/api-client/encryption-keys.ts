import type {
  DataKeyExport,
  EncryptionKeyAnswer,
  EncryptionKeysAnswer,
  InstallationKeysAnswer,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type EncryptionKey = EncryptionKeyAnswer;
export type InstallationKeys = InstallationKeysAnswer;

export async function readEncryptionKeys(signal: AbortSignal): Promise<EncryptionKey[]> {
  return (await callApi<EncryptionKeysAnswer>({ path: '/v1/encryption-keys', signal })).items;
}

/** The data keys in the form that the verifier reads. */
export function exportDataKeys(reason: string): Promise<DataKeyExport> {
  return callApi({ method: 'POST', path: '/v1/encryption-keys/export', body: { reason } });
}

export function readInstallationKeys(signal: AbortSignal): Promise<InstallationKeys> {
  return callApi({ path: '/v1/platform/keys', signal });
}

export function confirmRecoveryExport(): Promise<InstallationKeys> {
  return callApi({ method: 'POST', path: '/v1/platform/keys/recovery-export/confirm' });
}

export type { Environment, KeySource } from './installation-key.ts';
export { formatKeyFile, parseKeyFile, type NamedKey } from './key-file.ts';
export type { ContentKey, KeyRotation, RotatedPurpose } from './key-rotation.ts';
export type { KeyStanding } from './key-standing.ts';
export { KeyringError, type KeyringErrorCode } from './keyring-error.ts';
export { openKeyring, type Keyring, type KeyringSettings, type ServerCertificate } from './keyring.ts';
export {
  keysWithoutExport,
  makeRecoveryExport,
  newPassphrase,
  readRecoveryNote,
  recoverKeys,
  type RecoveryNote,
  type RecoveryPlace,
} from './recovery-export.ts';
export type { SecretBox, SecretPlace } from './secret-box.ts';
export type { TenantKeys } from './tenant-keys.ts';
export type { ClientCertificate } from './tls-certificates.ts';

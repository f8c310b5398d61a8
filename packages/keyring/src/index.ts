export { formatKeyFile, parseKeyFile, type NamedKey } from './key-file.ts';
export { KeyringError, type KeyringErrorCode } from './keyring-error.ts';
export { openKeyring, type Keyring, type ServerCertificate } from './keyring.ts';
export type { SecretBox, SecretPlace } from './secret-box.ts';
export type { TenantKeys } from './tenant-keys.ts';
export type { ClientCertificate } from './tls-certificates.ts';

import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What a browser's `PublicKeyCredential.toJSON()` gives. */
export interface CredentialJson {
  id: string;
  rawId: string;
  type: 'public-key';
  response: Record<string, string | string[]>;
  clientExtensionResults: Record<string, never>;
}

/** What the next answer does otherwise than an honest authenticator. */
export interface Behaviour {
  origin?: string;
  userVerified?: boolean;
  /** The sign count to claim, in place of the next one. */
  signCount?: number;
  challenge?: string;
  /** As if a page within another site's page had asked. */
  crossOrigin?: boolean;
  /** Says that the credential can be on several devices, and is. */
  isSynced?: boolean;
}

export interface SoftwareAuthenticator {
  create(options: { challenge: string; rp: { id?: string } }, behaviour?: Behaviour): CredentialJson;
  get(options: { challenge: string; rpId?: string }, behaviour?: Behaviour): CredentialJson;
}

const userPresent = 0x01;
const userVerifiedFlag = 0x04;
const attestedData = 0x40;
/** BE and BS. */
const backupFlags = 0x18;

/** An authenticator in memory with one ES256 credential, and the browser around it (WebAuthn level 2, sections 6 and 7). */
export function createSoftwareAuthenticator(origin: string): SoftwareAuthenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  let signCount = 0;
  const rpIdOf = (named: string | undefined): string => named ?? new URL(origin).hostname;

  function clientData(type: string, challenge: string, behaviour: Behaviour): Buffer {
    const shown = { type, challenge: behaviour.challenge ?? challenge, origin: behaviour.origin ?? origin };
    return Buffer.from(JSON.stringify({ ...shown, crossOrigin: behaviour.crossOrigin ?? false }));
  }

  function authenticatorData(rpId: string, extraFlags: number, behaviour: Behaviour): Buffer {
    signCount = behaviour.signCount ?? signCount + 1;
    const verified = (behaviour.userVerified ?? true) ? userVerifiedFlag : 0;
    const head = Buffer.alloc(5);
    const synced = behaviour.isSynced === true ? backupFlags : 0;
    head[0] = userPresent | verified | synced | extraFlags;
    head.writeUInt32BE(signCount, 1);
    return Buffer.concat([sha256(Buffer.from(rpId)), head]);
  }

  const credential = (response: Record<string, string | string[]>): CredentialJson => ({
    id: credentialId.toString('base64url'),
    rawId: credentialId.toString('base64url'),
    type: 'public-key',
    response,
    clientExtensionResults: {},
  });

  return {
    create: ({ challenge, rp }, behaviour = {}) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const authData = Buffer.concat([
        authenticatorData(rpIdOf(rp.id), attestedData, behaviour),
        Buffer.alloc(16),
        length,
        credentialId,
        coseKey(publicKey),
      ]);
      const attestation = cborMap([
        [cborText('fmt'), cborText('none')],
        [cborText('attStmt'), cborMap([])],
        [cborText('authData'), cborBytes(authData)],
      ]);
      return credential({
        clientDataJSON: clientData('webauthn.create', challenge, behaviour).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      });
    },
    get: ({ challenge, rpId }, behaviour = {}) => {
      const data = authenticatorData(rpIdOf(rpId), 0, behaviour);
      const client = clientData('webauthn.get', challenge, behaviour);
      return credential({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', Buffer.concat([data, sha256(client)]), privateKey).toString('base64url'),
      });
    },
  };
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** RFC 9053: an EC2 key for ES256 on P-256. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x, y } = publicKey.export({ format: 'jwk' });
  return cborMap([
    [cborInteger(1), cborInteger(2)],
    [cborInteger(3), cborInteger(-7)],
    [cborInteger(-1), cborInteger(1)],
    [cborInteger(-2), cborBytes(Buffer.from(x ?? '', 'base64url'))],
    [cborInteger(-3), cborBytes(Buffer.from(y ?? '', 'base64url'))],
  ]);
}

function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}

const cborInteger = (value: number): Buffer => (value < 0 ? cborHead(1, -1 - value) : cborHead(0, value));
const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([cborHead(2, bytes.length), bytes]);
const cborText = (text: string): Buffer => Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
const cborMap = (entries: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([cborHead(5, entries.length), ...entries.flat()]);

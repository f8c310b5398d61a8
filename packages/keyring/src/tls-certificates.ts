import 'reflect-metadata';
import { createPrivateKey, KeyObject, randomBytes, webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { createFile, hasErrorCode, makeDirectory, replaceFile } from '@akashi/durable-files';
import type { KeyPlace } from '@akashi/integrity';
import * as x509 from '@peculiar/x509';
import type { KeyVault } from './key-vault.ts';
import { KeyringError } from './keyring-error.ts';
import { installationFiles } from './wrap-keys.ts';

x509.cryptoProvider.set(webcrypto);

/** P-256 because every syslog sender's TLS library knows it; Ed25519 certificates are refused by older ones. */
const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;

const dayMs = 24 * 60 * 60 * 1000;
const caDays = 3650;
/** 825 days is the most that common TLS clients accept for a leaf. */
const leafDays = 800;
const renewBeforeDays = 60;

export interface ClientCertificate {
  cert: string;
  key: string;
  /** SHA-256 over the certificate's DER, lower-case hex: what a syslog source is mapped by. */
  fingerprint: string;
}

interface Issuer {
  certificate: x509.X509Certificate;
  key: webcrypto.CryptoKey;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (hasErrorCode(cause, 'ENOENT')) return undefined;
    throw cause;
  }
}

/** Where certificates lie, and what their private keys are encrypted by. */
export interface CertificatePlace {
  readonly dir: string;
  readonly vault: KeyVault;
}

async function readSealed(
  { dir, vault }: CertificatePlace,
  name: keyof typeof installationFiles,
): Promise<string | undefined> {
  const text = await readIfThere(join(dir, name));
  return text === undefined ? undefined : (vault.open(installationFiles[name], text)?.toString('utf8') ?? text);
}

const sealed = ({ vault }: CertificatePlace, place: KeyPlace, pem: string): string =>
  vault.seal(place, Buffer.from(pem, 'utf8'));

function toPem(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function fromPem(pem: string): webcrypto.CryptoKey {
  return createPrivateKey(pem).toCryptoKey(keyAlgorithm, false, ['sign']);
}

function newKeyPair(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
}

/** Positive and never zero, as RFC 5280 section 4.1.2.2 asks. */
function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01;
  return bytes.toString('hex');
}

function validity(days: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - dayMs), notAfter: new Date(now + days * dayMs) };
}

async function createAuthority(): Promise<{ cert: string; key: string }> {
  const keys = await newKeyPair();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: `CN=Akashi installation CA ${randomBytes(3).toString('hex')}`,
    ...validity(caDays),
    keys,
    signingAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${certificate.toString('pem')}\n`, key: toPem(keys.privateKey) };
}

/** The key and the certificate stand in one file, so that two processes at first start cannot mix theirs. */
async function loadAuthority(place: CertificatePlace): Promise<Issuer> {
  const { dir: directory } = place;
  const name = 'ca.key.pem';
  let bundle = await readSealed(place, name);
  if (bundle === undefined) {
    const created = await createAuthority();
    await createFile(join(directory, name), sealed(place, installationFiles[name], created.key + created.cert));
    bundle = await readSealed(place, name);
  }
  const certificatePem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----\n?/.exec(bundle ?? '')?.[0];
  if (bundle === undefined || certificatePem === undefined) {
    throw new KeyringError('key-unreadable', `${name} holds no certificate`);
  }
  if ((await readIfThere(join(directory, 'ca.pem'))) !== certificatePem) {
    await replaceFile(join(directory, 'ca.pem'), certificatePem);
  }
  return { certificate: new x509.X509Certificate(certificatePem), key: fromPem(bundle) };
}

interface Leaf {
  commonName: string;
  usage: x509.ExtendedKeyUsage;
  alternativeNames: { type: 'dns' | 'ip'; value: string }[];
}

async function issue(issuer: Issuer, leaf: Leaf): Promise<{ cert: string; key: string }> {
  const keys = await newKeyPair();
  const extensions: x509.Extension[] = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([leaf.usage]),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate),
  ];
  if (leaf.alternativeNames.length > 0) {
    extensions.push(new x509.SubjectAlternativeNameExtension(leaf.alternativeNames));
  }
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: [{ CN: [leaf.commonName] }],
    issuer: issuer.certificate.subject,
    ...validity(leafDays),
    publicKey: keys.publicKey,
    signingKey: issuer.key,
    signingAlgorithm,
    extensions,
  });
  return { cert: `${certificate.toString('pem')}\n`, key: toPem(keys.privateKey) };
}

function covers(pem: string, hosts: readonly string[], issuerPem: string): boolean {
  try {
    const certificate = new NodeCertificate(pem);
    const stillValid = Date.parse(certificate.validTo) - Date.now() > renewBeforeDays * dayMs;
    const sameIssuer = certificate.verify(new NodeCertificate(issuerPem).publicKey);
    const named = hosts.every((host) =>
      isIP(host) === 0 ? certificate.checkHost(host) !== undefined : certificate.checkIP(host) !== undefined,
    );
    return stillValid && sameIssuer && named;
  } catch {
    return false;
  }
}

/** The server certificate for these names: the one on disk while it still fits, else a new one of the same CA. */
export async function ensureServerCertificateFiles(
  place: CertificatePlace,
  hosts: readonly string[],
): Promise<{ ca: string; cert: string; key: string }> {
  const { dir: directory } = place;
  await makeDirectory(directory);
  const issuer = await loadAuthority(place);
  const ca = `${issuer.certificate.toString('pem')}\n`;
  const name = 'server.pem';
  const existing = await readSealed(place, name);
  if (existing !== undefined && covers(existing, hosts, ca)) return { ca, cert: existing, key: existing };
  const leaf = await issue(issuer, {
    commonName: hosts[0] ?? 'localhost',
    usage: x509.ExtendedKeyUsage.serverAuth,
    alternativeNames: hosts.map((host) => ({ type: isIP(host) === 0 ? 'dns' : 'ip', value: host })),
  });
  await replaceFile(join(directory, name), sealed(place, installationFiles[name], leaf.cert + leaf.key));
  return { ca, cert: leaf.cert, key: leaf.key };
}

const clientName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/**
 * Issues (or returns, when issued before) a client certificate under `clients/<name>.pem`: in clear, as it is made to be
 * handed to a sender.
 */
export async function issueClientCertificateFiles(place: CertificatePlace, name: string): Promise<ClientCertificate> {
  if (!clientName.test(name)) {
    throw new KeyringError('invalid-name', 'a client name has 1 to 63 letters, digits, dots, dashes or underscores');
  }
  const { dir: directory } = place;
  await makeDirectory(join(directory, 'clients'));
  const issuer = await loadAuthority(place);
  const path = join(directory, 'clients', `${name}.pem`);
  if ((await readIfThere(path)) === undefined) {
    const leaf = await issue(issuer, {
      commonName: name,
      usage: x509.ExtendedKeyUsage.clientAuth,
      alternativeNames: [],
    });
    await createFile(path, leaf.cert + leaf.key);
  }
  const pem = await readFile(path, 'utf8');
  const keyStart = pem.indexOf('-----BEGIN PRIVATE KEY-----');
  const cert = pem.slice(0, keyStart);
  const fingerprint = new NodeCertificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();
  return { cert, key: pem.slice(keyStart), fingerprint };
}

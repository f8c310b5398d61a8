/** A real RFC 3161 authority for tests: `openssl ts` with a certificate authority and a signer made on the spot. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const configuration = `
[ tsa ]
default_tsa = answers
[ answers ]
serial = serial
signer_cert = signer.pem
certs = ca.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = sha256
[ root ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[ signer ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ other ]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth,timeStamping
[ req ]
distinguished_name = name
[ name ]
`;

export interface TestAuthority {
  /** The certificate that whoever trusts this authority pins, and a file of it. */
  readonly certificate: string;
  readonly certificateFile: string;
  /** A TimeStampResp to a TimeStampReq. */
  answer(request: Uint8Array): Buffer;
  /** The same content, signed with a certificate of the same root that is not for time stamps alone. */
  signedByOther(content: Uint8Array): Buffer;
  /** What `openssl ts -verify` says of a reply to the data of a file. */
  accepts(replyFile: string, dataFile: string): boolean;
  /** Answers over HTTP until it is stopped; `refuses` makes it answer 503. */
  serve(): Promise<{ readonly url: string; refuses: boolean; stop(): Promise<void> }>;
  remove(): void;
}

/** `openssl` must be on the path, as it is wherever this product is developed. */
export function openTestAuthority(kind: 'rsa' | 'ec' = 'rsa'): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-authority-'));
  const at = (name: string): string => join(folder, name);
  const openssl = (...options: string[]): Buffer =>
    execFileSync('openssl', options, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const algorithm = kind === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  writeFileSync(at('config'), configuration);
  writeFileSync(at('serial'), '01\n');
  const made = ['-nodes', '-newkey', ...algorithm, '-config', 'config'];
  openssl(
    'req',
    '-x509',
    ...made,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '30',
    '-subj',
    '/CN=Test root',
    '-extensions',
    'root',
  );
  openssl('req', ...made, '-keyout', 'signer.key', '-out', 'signer.csr', '-subj', '/O=Test/CN=Test time stamps');
  const byRoot = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-extfile', 'config'];
  for (const purpose of ['signer', 'other'])
    openssl('x509', '-req', '-in', 'signer.csr', ...byRoot, '-extensions', purpose, '-out', `${purpose}.pem`);

  const answer = (request: Uint8Array): Buffer => {
    writeFileSync(at('request.tsq'), request);
    openssl('ts', '-reply', '-config', 'config', '-queryfile', 'request.tsq', '-out', 'reply.tsr');
    return readFileSync(at('reply.tsr'));
  };
  return {
    certificate: readFileSync(at('ca.pem'), 'utf8'),
    certificateFile: at('ca.pem'),
    answer,
    signedByOther: (content) => {
      writeFileSync(at('content'), content);
      const form = ['-binary', '-nodetach', '-cades', '-outform', 'DER', '-econtent_type', '1.2.840.113549.1.9.16.1.4'];
      const token = openssl('cms', '-sign', '-in', 'content', ...form, '-signer', 'other.pem', '-inkey', 'signer.key');
      const body = Buffer.concat([Buffer.from('3003020100', 'hex'), token]);
      return Buffer.concat([Buffer.from([0x30, 0x82, body.length >> 8, body.length & 0xff]), body]);
    },
    accepts: (replyFile, dataFile) => {
      try {
        openssl('ts', '-verify', '-data', dataFile, '-in', replyFile, '-CAfile', 'ca.pem');
        return true;
      } catch {
        return false;
      }
    },
    serve: async () => {
      const state = { refuses: false };
      const server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          if (state.refuses) return response.writeHead(503).end();
          return response
            .writeHead(200, { 'content-type': 'application/timestamp-reply' })
            .end(answer(Buffer.concat(chunks)));
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      return Object.assign(state, {
        url: `http://127.0.0.1:${port}/`,
        stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
      });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

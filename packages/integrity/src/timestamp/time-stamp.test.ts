import { randomBytes, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../sha256.ts';
import { openTestAuthority, type TestAuthority } from './authority.fixtures.ts';
import { answersNonce, checkTimeStamp, parseTimeStamp, timeStampRequest } from './index.ts';

const content = Buffer.from('akashi.log/x\n7\nAAAA\n');
const imprint = sha256(content);
const nonce = randomBytes(16);

describe('a time stamp of openssl', () => {
  let authority: TestAuthority;
  let other: TestAuthority;
  let reply: Buffer;
  const trusting = ({ certificate }: TestAuthority): X509Certificate[] => [new X509Certificate(certificate)];

  beforeAll(() => {
    authority = openTestAuthority();
    other = openTestAuthority('ec');
    reply = authority.answer(timeStampRequest(imprint, nonce));
  }, 60_000);
  afterAll(() => {
    authority.remove();
    other.remove();
  });

  it('answers our request, and says when, by whom and of what', () => {
    const before = new Date(Date.now() - 60_000);
    const checked = checkTimeStamp({ reply, imprint, trusted: trusting(authority) });
    if (!checked.ok) throw new Error(checked.code);
    expect(checked.authority).toBe('O=Test, CN=Test time stamps');
    expect(checked.stamp).toMatchObject({ accuracyMs: 1000, policy: '1.3.6.1.4.1.32473.1' });
    expect(checked.stamp.at > before).toBe(true);
    expect(answersNonce(checked.stamp, nonce)).toBe(true);
    expect(answersNonce(checked.stamp, randomBytes(16))).toBe(false);
  });

  it('is what openssl itself accepts', () => {
    const place = dirname(authority.certificateFile);
    writeFileSync(join(place, 'note'), content);
    writeFileSync(join(place, 'note.tsr'), reply);
    expect(authority.accepts(join(place, 'note.tsr'), join(place, 'note'))).toBe(true);
  });

  it('holds by ECDSA too', () => {
    const ofOther = other.answer(timeStampRequest(imprint, nonce));
    expect(checkTimeStamp({ reply: ofOther, imprint, trusted: trusting(other) }).ok).toBe(true);
  });

  it('is nothing without a trusted certificate, and of nothing else', () => {
    expect(checkTimeStamp({ reply, imprint, trusted: trusting(other) })).toEqual({ ok: false, code: 'untrusted' });
    expect(checkTimeStamp({ reply, imprint, trusted: [] })).toEqual({ ok: false, code: 'untrusted' });
    expect(checkTimeStamp({ reply, imprint, trusted: null }).ok).toBe(true);
    const changed = checkTimeStamp({ reply, imprint: sha256(Buffer.from('x')), trusted: trusting(authority) });
    expect(changed).toEqual({ ok: false, code: 'other-content' });
  });

  it('is refused of a certificate that is not for time stamps alone', () => {
    const parsed = parseTimeStamp(reply);
    if (!parsed.ok) throw new Error(parsed.code);
    const forged = authority.signedByOther(parsed.content);
    expect(parseTimeStamp(forged)).toMatchObject({ ok: true });
    const checked = checkTimeStamp({ reply: forged, imprint, trusted: trusting(authority) });
    expect(checked).toEqual({ ok: false, code: 'not-an-authority' });
  });

  it('does not hold with any byte changed', () => {
    const trusted = trusting(authority);
    // The status in front and the list of certificates are outside of what is signed; those that count are named by hash.
    const sound = checkTimeStamp({ reply, imprint, trusted });
    fc.assert(
      fc.property(fc.nat(reply.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Buffer.from(reply);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const checked = checkTimeStamp({ reply: bytes, imprint, trusted });
        if (checked.ok) expect(checked).toEqual(sound);
      }),
      { numRuns: 300 },
    );
  });

  it('is read from any bytes without an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(parseTimeStamp(bytes).ok).toBe(false);
      }),
    );
    // PKIStatusInfo with status 2, rejection.
    expect(parseTimeStamp(Buffer.from('30053003020102', 'hex'))).toEqual({ ok: false, code: 'refused', reason: '2' });
  });
});

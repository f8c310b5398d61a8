import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { enrolmentChallenge, enrolmentSha256, type Enrolment } from './enrolment.ts';
import { addendumFormat, recordBytes, recordSha256, type ReviewAddendum } from './review-record.ts';
import { productSignedBytes, signingChallenge, type CodeSignature, type SigningStatement } from './signature.ts';

const person = { id: 'p1', name: '佐藤', email: 'sato@example.jp' };

const addendum: ReviewAddendum = {
  text: '追記',
  format: addendumFormat,
  tenant: { name: 'Shop', id: 't1' },
  day: '2026-11-29',
  number: 1,
  revision: 2,
  recordSha256: 'ab'.repeat(32),
  by: person,
};

const statement: SigningStatement = {
  domain: 'akashi review signature v1',
  tenant: 't1',
  day: '2026-11-29',
  revision: 2,
  recordSha256: recordSha256(recordBytes(addendum)),
  action: 'addendum',
  signer: person,
  at: '2026-11-30T01:02:03.000Z',
  comment: null,
  separationReason: null,
  random: 'A'.repeat(43),
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

describe('what is signed', () => {
  test('the bytes of a record are its JSON in one spelling, whatever the order it was made in', () => {
    const text = Buffer.from(recordBytes(addendum)).toString();
    expect(text).toBe(
      '{"by":{"email":"sato@example.jp","id":"p1","name":"佐藤"},"day":"2026-11-29",' +
        '"format":"akashi review addendum v1","number":1,' +
        `"recordSha256":"${'ab'.repeat(32)}","revision":2,"tenant":{"id":"t1","name":"Shop"},"text":"追記"}`,
    );
    expect(recordSha256(recordBytes(addendum))).toBe(sha256(text).toString('hex'));
  });

  test('the challenge is SHA-256 of the statement’s canonical bytes, and every member of it counts', () => {
    const text =
      '{"action":"addendum","at":"2026-11-30T01:02:03.000Z","comment":null,"day":"2026-11-29",' +
      `"domain":"akashi review signature v1","random":"${'A'.repeat(43)}","recordSha256":"${statement.recordSha256}",` +
      '"revision":2,"separationReason":null,"signer":{"email":"sato@example.jp","id":"p1","name":"佐藤"},"tenant":"t1"}';
    expect(Buffer.from(signingChallenge(statement))).toEqual(sha256(text));
    for (const name of Object.keys(statement)) {
      expect(signingChallenge({ ...statement, [name]: 'other' })).not.toEqual(signingChallenge(statement));
    }
  });

  test('the product signs the statement with the step-up and its own name, and not the signature', () => {
    const envelope: CodeSignature = {
      format: 'akashi review signature v1',
      statement,
      method: 'code',
      stepUp: { at: '2026-11-30T01:02:00.000Z', methods: ['password', 'totp'] },
      key: 'akashi.log/t1+01234567',
      signature: 'x',
    };
    const bytes = productSignedBytes(envelope);
    expect(productSignedBytes({ ...envelope, signature: 'y' } as CodeSignature)).toEqual(bytes);
    expect(productSignedBytes({ ...envelope, key: 'other' })).not.toEqual(bytes);
    expect(productSignedBytes({ ...envelope, stepUp: { ...envelope.stepUp, methods: [] } })).not.toEqual(bytes);
  });

  test('an enrolment and a signature can never share a challenge', () => {
    const enrolling = {
      domain: 'akashi signing credential v1' as const,
      tenant: 't1',
      person,
      rpId: 'logs.example.jp',
      at: statement.at,
      random: statement.random,
    };
    expect(enrolmentChallenge(enrolling)).not.toEqual(signingChallenge(statement));
    const enrolment = { statement: enrolling, id: 'e1' } as Enrolment;
    expect(enrolmentSha256(enrolment)).not.toBe(enrolmentSha256({ ...enrolment, id: 'e2' }));
  });
});

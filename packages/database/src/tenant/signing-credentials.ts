import type { RunPrisma } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

export interface NewSigningCredential {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly credentialId: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly transports: readonly string[];
  /** Whether it can be on several devices. */
  readonly backupEligible: boolean;
  /** Canonical bytes, as they are sealed. */
  readonly enrolment: Uint8Array;
  readonly enrolmentSha256: Uint8Array;
  /** `event.id` of the sealed line. */
  readonly lineId: string;
  readonly signCount: number;
  readonly createdAt: Date;
}

export interface SigningCredentialRow extends NewSigningCredential {
  /** The sealed event; null while its block is not in the log. */
  readonly sealedAs: string | null;
  readonly lastUsedAt: Date | null;
  readonly endedAt: Date | null;
}

/** What a person was asked: the statement's canonical bytes, found again by their SHA-256. */
export interface SigningChallengeRow {
  readonly challenge: Uint8Array;
  readonly userId: string;
  readonly kind: 'enrolment' | 'signature';
  readonly statement: Uint8Array;
  readonly madeAt: Date;
}

/** The authenticators that sign for people of this tenant, apart from those that sign them in. They end and are never deleted. */
export interface SigningCredentials {
  /** A person's, the oldest first; those that ended as well. */
  list(userId: string): Promise<SigningCredentialRow[]>;
  /** False when the credential is somebody's already, as one that signs or one that signs in. */
  add(credential: NewSigningCredential, beforeCommit: BeforeCommit): Promise<boolean>;
  /** Where its enrolment is sealed. */
  noteSealed(id: string, sealedAs: string): Promise<void>;
  noteUse(id: string, use: { readonly signCount: number; readonly at: Date }): Promise<void>;
  /** False when the person has none of this id that has not ended. */
  end(userId: string, id: string, { at, beforeCommit }: { at: Date; beforeCommit: BeforeCommit }): Promise<boolean>;
  /** Keeps a challenge, and forgets those of the person that were made before `keptFrom`. */
  ask(challenge: SigningChallengeRow, keptFrom: Date): Promise<void>;
  /** The person's challenge, which is gone with that: each is answered once. */
  take(userId: string, challenge: Uint8Array): Promise<SigningChallengeRow | null>;
}

export function signingCredentials(run: RunPrisma, tenantId: string): SigningCredentials {
  return {
    list: (userId) =>
      run(async (client) => {
        const rows = await client.signingCredential.findMany({
          where: { tenantId, userId },
          omit: { tenantId: true },
          orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        });
        return rows.map((row) => ({ ...row, signCount: Number(row.signCount) }));
      }),
    add: (credential, beforeCommit) =>
      run(async (client) => {
        const credentialId = Uint8Array.from(credential.credentialId);
        if ((await client.secondFactor.count({ where: { credentialId } })) > 0) return false;
        const { count } = await client.signingCredential.createMany({
          data: [
            {
              ...credential,
              tenantId,
              credentialId,
              publicKey: Uint8Array.from(credential.publicKey),
              transports: [...credential.transports],
              enrolment: Uint8Array.from(credential.enrolment),
              enrolmentSha256: Uint8Array.from(credential.enrolmentSha256),
            },
          ],
          skipDuplicates: true,
        });
        if (count > 0) await beforeCommit();
        return count > 0;
      }),
    noteSealed: (id, sealedAs) =>
      run(async (client) => {
        await client.signingCredential.updateMany({ where: { tenantId, id, sealedAs: null }, data: { sealedAs } });
      }),
    noteUse: (id, { signCount, at }) =>
      run(async (client) => {
        await client.signingCredential.updateMany({ where: { tenantId, id }, data: { signCount, lastUsedAt: at } });
      }),
    end: (userId, id, { at, beforeCommit }) =>
      run(async (client) => {
        const { count } = await client.signingCredential.updateMany({
          where: { tenantId, userId, id, endedAt: null },
          data: { endedAt: at },
        });
        if (count > 0) await beforeCommit();
        return count > 0;
      }),
    ask: (asked, keptFrom) =>
      run(async (client) => {
        const { userId } = asked;
        await client.signingChallenge.deleteMany({ where: { tenantId, userId, madeAt: { lt: keptFrom } } });
        await client.signingChallenge.create({
          data: {
            ...asked,
            tenantId,
            challenge: Uint8Array.from(asked.challenge),
            statement: Uint8Array.from(asked.statement),
          },
        });
      }),
    take: (userId, challenge) =>
      run(async (client) => {
        const where = { tenantId, userId, challenge: Uint8Array.from(challenge) };
        const row = await client.signingChallenge.findFirst({ where, omit: { tenantId: true } });
        const { count } = await client.signingChallenge.deleteMany({ where });
        return row === null || count === 0 ? null : { ...row, kind: row.kind as SigningChallengeRow['kind'] };
      }),
  };
}

import { facts, heading, paragraph, type Fact } from '../pdf/blocks.ts';
import { styles } from '../pdf/sheet.ts';
import { recordWords } from '../words/record-words.ts';
import type { ReadSignature } from './read-record.ts';
import { personText, type RecordPage } from './record-cover.ts';

/** Each signature with what it shows and what it does not. */
export function signaturesPart(page: RecordPage): void {
  const { sheet, read, language } = page;
  const words = recordWords[language];
  heading(sheet, words.signatures, 130);
  if (read.signatures.length === 0) paragraph(sheet, words.noSignatures, styles.body);
  for (const signature of read.signatures) {
    const { statement } = signature.envelope;
    sheet.makeRoom(130);
    const title = `${words.actions[statement.action]} ・ ${statement.signer.name} ・ ${page.clock(statement.at)}`;
    paragraph(sheet, title, { ...(signature.over === 'other-bytes' ? styles.wrong : styles.strong), type: 'H3' });
    sheet.y += 3;
    facts(sheet, factsOf(signature, page));
    sheet.y += 6;
  }
}

function factsOf(signature: ReadSignature, { language, clock }: RecordPage): Fact[] {
  const words = recordWords[language];
  const { envelope, isSynced, sealedAs } = signature;
  const { statement, method } = envelope;
  const kindOfKey = isSynced === null ? [] : [isSynced ? words.synced : words.bound];
  return [
    [words.signer, personText(statement.signer)],
    [words.method, [words.methods[method], ...kindOfKey]],
    [words.holds, words.holding[method]],
    [words.over, [thingText(signature, language), `SHA-256 ${statement.recordSha256}`]],
    ...(statement.comment === null ? [] : [[words.comment, statement.comment] as const]),
    ...(statement.separationReason === null ? [] : [[words.separationReason, statement.separationReason] as const]),
    envelope.method === 'passkey'
      ? [words.key, `${envelope.credentialId}　SHA-256 ${envelope.enrolmentSha256}`]
      : [
          words.key,
          `${envelope.key}　${words.stepUp} ${clock(envelope.stepUp.at)} (${envelope.stepUp.methods.join(', ')})`,
        ],
    [words.sealedAs, sealedAs ?? words.notSealed],
  ];
}

function thingText({ over, addendum, envelope }: ReadSignature, language: RecordPage['language']): string {
  const words = recordWords[language];
  const { revision } = envelope.statement;
  if (over === 'this-record') return words.matches(words.things[over]);
  if (over === 'addendum' && addendum !== null) return words.matches(words.addendum(addendum));
  if (over === 'former-revision') return `${words.things[over]} ・ ${words.revision(revision)}`;
  return words.things['other-bytes'];
}

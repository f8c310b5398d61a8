import { describe, expect, it } from 'vitest';
import { attachmentsOf, signsOf, withoutSpaces } from '../pdf/pdf-text.fixtures.ts';
import { findVeraPdf } from '../pdf/verapdf.fixtures.ts';
import { bytesOf } from '../rows/run.fixtures.ts';
import { renderCertificate } from '../thread/render-run.ts';
import { certificatePdf } from './certificate-pdf.ts';
import type { CertificateTask } from './certificate-task.ts';

const checker = await findVeraPdf();
const isThere = 'problems' in checker;

function task(change: Partial<CertificateTask['disposal']> = {}, language: 'ja' | 'en' = 'ja'): CertificateTask {
  return {
    language,
    timeZone: 'Asia/Tokyo',
    organisation: '株式会社 港 <minato>',
    disposal: {
      entry: 1234,
      createdAt: '2027-12-01T03:00:00.000Z',
      removedAt: '2027-12-01T03:00:09.000Z',
      blocks: '17-64,70',
      blockCount: 49,
      records: 120_034,
      bytes: 9_876_543,
      firstReceived: '2026-11-20T01:02:03.123456Z',
      lastReceived: '2026-11-20T23:02:03.123456Z',
      logGroups: ['db/access', 'network/fw'],
      policies: ['default'],
      rule: { requirement: 'pci:4.0.1:10.5.1' },
      due: '2027-11-20T23:02:03.123Z',
      root: 'k'.repeat(43),
      ...change,
    },
    proof: {
      entry: 1234,
      treeSize: 1240,
      checkpoint: 'akashi.log/x\n1240\nabc=\n\n— akashi.log/x def=\n',
      verifierKey: 'akashi.log/x+00000000+AAAA',
    },
    json: Buffer.from('{"format":"akashi disposal certificate v1"}'),
  };
}

describe('the PDF of a disposal’s certificate', () => {
  it.each([
    ['ja', ['廃棄証明書', '120,034件（49ブロック）', 'PCIDSSv4.0.1要件10.5.1', '保存ポリシー']],
    ['en', ['Disposalcertificate', '120,034recordsin49blocks', 'PCIDSSv4.0.1requirement10.5.1', 'Signedcheckpoint']],
  ] as const)('says in %s what went, why, and where the log says so', async (language, said) => {
    const signs = await signsOf(await bytesOf(certificatePdf(task({}, language))));
    const always = [
      '株式会社港<minato>',
      '17-64,70',
      'db/access,network/fw',
      '2026-11-2010:02:03.123+09:00',
      '1234/1240',
    ];
    for (const part of [...said, ...always]) expect(withoutSpaces(signs)).toContain(part);
  });

  it('says of one that is under way, or had no records, just that', async () => {
    const signs = await signsOf(
      await bytesOf(certificatePdf(task({ removedAt: null, firstReceived: null, lastReceived: null, logGroups: [] }))),
    );
    expect(signs).toContain('廃棄中');
    expect(signs).toContain('記録なし');
  });

  it('carries the certificate, and is the same bytes on its own thread', async () => {
    const made = await bytesOf(renderCertificate(task()));
    expect(made.equals(await bytesOf(certificatePdf(task())))).toBe(true);
    expect((await attachmentsOf(made)).get('certificate.json')?.equals(Buffer.from(task().json))).toBe(true);
  });

  it.skipIf(!isThere)(
    `is a valid PDF/A-3a and PDF/UA-1${isThere ? '' : ` (skipped: ${checker.missing})`}`,
    async () => {
      if (!isThere) return;
      const files = {
        ja: await bytesOf(certificatePdf(task())),
        en: await bytesOf(certificatePdf(task({ blocks: '1-2,'.repeat(900) }, 'en'))),
      };
      for (const flavour of ['3a', 'ua1'] as const) expect(await checker.problems(files, flavour)).toBe('');
    },
    240_000,
  );
});

import { describe, expect, it } from 'vitest';
import { hasReportWords } from './report-filter.ts';
import { requirementWords } from '../report-words/requirement-words.ts';

const failed = {
  id: 'failed-sign-ins',
  number: 3,
  title: { ja: 'ログイン失敗一覧', en: 'Failed sign-ins' },
  purpose: { ja: 'アカウントごとの失敗', en: 'Failures by account' },
  requirements: ['pci:4.0.1:10.2.1.4', 'pci:3.0:10.2.4'],
};

describe('a report is found', () => {
  it.each(['', '失敗', 'ログイン 一覧', 'ﾛｸﾞｲﾝ', 'sign-ins FAILED', '10.2.1.4', '10.2.1', '10.2.4', 'failed-sign-ins'])(
    'by “%s”',
    (words) => {
      expect(hasReportWords(failed, words)).toBe(true);
    },
  );

  it.each(['成功', '10.2.5', '10.2.1.40', '10.2.1.4 成功'])('not by “%s”', (words) => {
    expect(hasReportWords(failed, words)).toBe(false);
  });
});

describe('requirements', () => {
  it('are told apart by the version of PCI DSS', () => {
    expect(requirementWords([...failed.requirements, 'other'])).toEqual({
      present: ['10.2.1.4'],
      earlier: ['10.2.4 (v3.0)'],
    });
  });
});

import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';

type Asker = Pick<RequestContext, 'language'>;

const words = {
  forbidden: {
    ja: '人物で探すには、マスターを参照する権限が必要です。管理者に依頼してください。',
    en: 'Searching by person needs the right to read the reference data. Ask your administrator.',
  },
  tooLarge: {
    ja: 'この人物のアカウントと端末の組み合わせが多すぎて、一度に検索できません。期間を短くしてください。',
    en: 'The person has too many accounts and devices in this period for one search. Choose a shorter period.',
  },
  tooManyFacts: {
    ja: 'この期間のサインインとDHCPリースが多すぎて、人物で検索できません。期間を短くしてください。',
    en: 'There are too many sign-ins and DHCP leases in this period to search by person. Choose a shorter period.',
  },
  inRowFilter: {
    ja: '行の条件に人物は使えません。マスターが変わると、見える範囲も変わるためです。アカウントやホストで指定してください。',
    en: 'A row filter cannot name people: what it opens would change with the reference data. Name accounts or hosts.',
  },
} as const;

/** Refusals of questions about people, in the asker's language. */
export const refusals = {
  forbidden: ({ language }: Asker): AppError =>
    new AppError('forbidden', { detail: words.forbidden[language], reason: 'people-hidden' }),
  tooLarge: ({ language }: Asker): AppError =>
    new AppError('query-unreadable', { detail: words.tooLarge[language], reason: 'person-too-large' }),
  inRowFilter: ({ language }: Asker): AppError =>
    new AppError('query-unreadable', { detail: words.inRowFilter[language], reason: 'person-in-row-filter' }),
  tooManyFacts: ({ language }: Asker, limit: number): AppError =>
    new AppError('query-unreadable', {
      detail: words.tooManyFacts[language],
      reason: 'person-too-large',
      params: { limit },
    }),
};

'use client';

import { useLocale, useTranslations } from 'next-intl';
import { usePeople } from '../access/use-people.ts';
import { useRoleWord } from '../access/use-role-word.ts';
import type { AccessReviewItem } from '../api-client/access-reviews.ts';
import { fieldLabel } from '../query/field-label.ts';
import { formatInstant } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';

export interface ItemWords {
  name: string;
  /** What the right was when the review was opened, in one line of text. */
  plain: string;
}

/** The words for an item of a review, out of the picture that was taken of it. */
export function useItemWords(): (item: AccessReviewItem) => ItemWords {
  const t = useTranslations('accessReview.snapshot');
  const role = useRoleWord();
  const people = usePeople();
  const locale = useLocale();
  const { zone } = useZone();
  const separator = locale === 'ja' ? '、' : ', ';
  return ({ kind, snapshot, subjectId }) => {
    const text = (name: string) => (typeof snapshot[name] === 'string' ? snapshot[name] : '');
    const list = (name: string) => {
      const value = snapshot[name];
      return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
    };
    const moment = (name: string) =>
      text(name) === '' ? t('never') : formatInstant(Date.parse(text(name)), zone, 'minute');
    const parts: string[] = [];
    if (kind === 'member') {
      parts.push(role(text('role')), t('lastSignIn', { at: moment('lastSignInAt') }));
      if (text('accessUntil') !== '') parts.push(t('until', { at: moment('accessUntil') }));
    }
    if (kind === 'membership') parts.push(t('memberOf', { group: text('group') }), t('since', { at: moment('since') }));
    if (kind === 'grant' || kind === 'key') parts.push(list('logGroups').join(separator));
    if (kind === 'grant') {
      if (list('logStreams').length > 0) parts.push(t('streams', { names: list('logStreams').join(separator) }));
      if (text('rowFilter') !== '') parts.push(t('rows', { query: text('rowFilter') }));
      if (list('hiddenFields').length > 0)
        parts.push(
          t('hidden', {
            names: list('hiddenFields')
              .map((field) => fieldLabel(field, locale))
              .join(separator),
          }),
        );
      parts.push(text('validTo') === '' ? t('open') : t('until', { at: moment('validTo') }));
      parts.push(t('approved', { name: people.nameOfEmail(text('approvedBy')), reason: text('reason') }));
    }
    if (kind === 'key') {
      if (list('addressRanges').length > 0) parts.push(t('from', { ranges: list('addressRanges').join(separator) }));
      parts.push(text('expiresAt') === '' ? t('open') : t('until', { at: moment('expiresAt') }));
      parts.push(t('lastUsed', { at: moment('lastUsedAt') }));
      parts.push(
        text('responsible') === ''
          ? t('nobodyResponsible')
          : t('responsible', { name: `${text('responsible')} (${text('email')})` }),
      );
    }
    const email = kind === 'key' ? '' : text('email');
    const name = text('name') || email || subjectId.slice(0, 8);
    return {
      name: email !== '' && name !== email ? `${name} (${email})` : name,
      plain: parts.filter(Boolean).join(locale === 'ja' ? '。' : '; '),
    };
  };
}

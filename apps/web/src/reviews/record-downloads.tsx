'use client';

import { Download, Printer } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { ApiProblem, isStepUpRequired } from '../api-client/api-problem.ts';
import { readFile } from '../api-client/call-api.ts';
import { recordPath, type LogReview } from '../api-client/log-reviews.ts';
import { keepFile } from '../csv/keep-file.ts';
import { useNotify } from '../forms/notices.tsx';
import { reasonOf } from '../states/reason-of.ts';

const formats = ['pdf', 'json'] as const;
const mediaTypes = { pdf: 'application/pdf', json: 'application/json' } as const;

/** The log review record with its signatures, once there is one; and the page on paper at any time. */
export function RecordDownloads({ review }: { review: LogReview }) {
  const t = useTranslations('logReviews.record');
  const why = useTranslations('errors.why');
  const locale = useLocale();
  const notify = useNotify();
  const [pending, setPending] = useState(false);
  const save = async (format: (typeof formats)[number]) => {
    setPending(true);
    try {
      keepFile(
        await readFile(recordPath(review.day, format, locale), mediaTypes[format]),
        `log-review-${review.day}.${format}`,
      );
      notify({ text: t('saved') });
    } catch (error) {
      // Whoever leaves the question for a second factor knows why there is no file.
      if (isStepUpRequired(error)) return;
      notify({ text: t('failed', { why: why(reasonOf(error instanceof ApiProblem ? error : null)) }) });
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      {review.recordSha256 !== null &&
        formats.map((format) => (
          <Button key={format} className="control" isPending={pending} onPress={() => void save(format)}>
            <Download size={16} aria-hidden />
            {t(format)}
          </Button>
        ))}
      <Button className="control" onPress={() => window.print()}>
        <Printer size={16} aria-hidden />
        {t('print')}
      </Button>
    </>
  );
}

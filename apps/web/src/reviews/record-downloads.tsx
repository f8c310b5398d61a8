'use client';

import { Download, Printer } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readFile } from '../api-client/call-api.ts';
import { recordPath, type LogReview } from '../api-client/log-reviews.ts';
import { useSaving } from '../csv/use-saving.ts';

const formats = ['pdf', 'json'] as const;
const mediaTypes = { pdf: 'application/pdf', json: 'application/json' } as const;

/** The log review record with its signatures, once there is one; and the page on paper at any time. */
export function RecordDownloads({ review }: { review: LogReview }) {
  const t = useTranslations('logReviews.record');
  const locale = useLocale();
  const { pending, save } = useSaving({ saved: t('saved'), failed: (why) => t('failed', { why }) });
  return (
    <>
      {review.recordSha256 !== null &&
        formats.map((format) => (
          <Button
            key={format}
            className="control"
            isPending={pending !== null}
            onPress={() =>
              void save(`log-review-${review.day}.${format}`, () =>
                readFile(recordPath(review.day, format, locale), mediaTypes[format]),
              )
            }
          >
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

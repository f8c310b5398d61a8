'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readLogGroupKeeping } from '../api-client/retention.ts';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';
import { ChangeWords } from './change-words.tsx';

/** Who changed what of a log group's keeping, with what it was before. */
export function ChangesDialog({ group, onClose }: { group: string; onClose: () => void }) {
  const t = useTranslations('retention.changes');
  const answer = useQuery({
    queryKey: ['retention', 'group', group],
    queryFn: ({ signal }) => readLogGroupKeeping(group, signal),
  });
  return (
    <DialogFrame title={t('title', { group })} onClose={onClose} closesBeside width="wide">
      <Answer of={answer} what="retention">
        {({ changes }) =>
          changes.length === 0 ? (
            <p className="text-muted">{t('none')}</p>
          ) : (
            <ol className="border-t border-line">
              {changes.map(({ change, by, approvedBy, at }, index) => (
                <li key={index} className="border-b border-line py-2">
                  <ChangeWords change={change} />
                  <p className="text-meta text-muted">
                    <Moment at={at} /> {t(approvedBy === null ? 'by' : 'byTwo', { by, approvedBy: approvedBy ?? '' })}
                  </p>
                </li>
              ))}
            </ol>
          )
        }
      </Answer>
      <div className="mt-4 flex justify-end">
        <Button className="control" onPress={onClose}>
          {t('close')}
        </Button>
      </div>
    </DialogFrame>
  );
}

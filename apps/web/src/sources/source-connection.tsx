'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readSourceArrival, readSourceConfiguration, type SourceSettings } from '../api-client/source-settings.ts';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { Answer } from '../states/answer.tsx';
import { Arrival } from '../first-log/arrival.tsx';
import { SenderConfiguration } from '../senders/sender-configuration.tsx';

/** What to paste into the sender, and whether its first line has come. */
export function SourceConnection({ source, onClose }: { source: SourceSettings; onClose: () => void }) {
  const t = useTranslations('sourceSettings');
  const configuration = useQuery({
    queryKey: ['sources', source.id, 'configuration'],
    queryFn: ({ signal }) => readSourceConfiguration(source.id, signal),
  });
  return (
    <DialogFrame title={t('connectTitle', { name: source.name })} width="wide" closesBeside onClose={onClose}>
      <div className="grid gap-4">
        {source.status === 'waiting' && (
          <p role="status" className="border-l-2 border-attention pl-3">
            {t('waitingText')}
          </p>
        )}
        <Answer of={configuration} what="sources">
          {(answer) => <SenderConfiguration configuration={answer} />}
        </Answer>
        <Arrival of={source.id} read={readSourceArrival} />
        <div className="flex justify-end">
          <Button className="control control-primary" onPress={onClose}>
            {t('done')}
          </Button>
        </div>
      </div>
    </DialogFrame>
  );
}

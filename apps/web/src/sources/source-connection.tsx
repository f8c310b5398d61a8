'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { readSourceArrival, readSourceConfiguration, type SourceSettings } from '../api-client/source-settings.ts';
import { Answer } from '../states/answer.tsx';
import { Arrival } from './arrival.tsx';
import { SenderConfiguration } from './sender-configuration.tsx';

/** What to paste into the sender, and whether its first line has come. */
export function SourceConnection({ source, onClose }: { source: SourceSettings; onClose: () => void }) {
  const t = useTranslations('sourceSettings');
  const configuration = useQuery({
    queryKey: ['sources', source.id, 'configuration'],
    queryFn: ({ signal }) => readSourceConfiguration(source.id, signal),
  });
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-50 flex items-start justify-center overflow-auto bg-text/20 p-4 dark:bg-sunken/70"
    >
      <Modal className="floating mt-[6vh] mb-4 w-full max-w-3xl">
        <Dialog className="grid gap-4 p-6 outline-none">
          <Heading slot="title" className="text-title font-medium">
            {t('connectTitle', { name: source.name })}
          </Heading>
          <Answer of={configuration} what="sources">
            {(answer) => <SenderConfiguration configuration={answer} />}
          </Answer>
          <Arrival of={source.id} read={readSourceArrival} />
          <div className="flex justify-end">
            <Button className="control control-primary" onPress={onClose}>
              {t('done')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

'use client';

import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import {
  readKeyConfiguration,
  rotateKey,
  type AccessKeyWithSecret,
  type ArrivalAnswer,
  type SenderConfigurationAnswer,
} from '../api-client/keys.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { useSending } from '../forms/use-sending.ts';
import { withSecret } from '../senders/with-secret.ts';
import { SenderConfiguration } from '../senders/sender-configuration.tsx';
import { Answer } from '../states/answer.tsx';
import { CommandLine } from '../states/command-line.tsx';
import { Moment } from '../time/moment.tsx';

interface SendStepProps {
  keyId: string;
  made: AccessKeyWithSecret | null;
  arrival: UseQueryResult<ArrivalAnswer>;
  onMade: (made: AccessKeyWithSecret) => void;
}

/** What to run on the first sender, and whether its line has come. */
export function SendStep({ keyId, made, arrival, onMade }: SendStepProps) {
  const t = useTranslations('firstLog.send');
  const words = useTranslations('sourceSettings.arrival');
  const configuration = useQuery({
    queryKey: ['access-keys', keyId, 'configuration'],
    queryFn: ({ signal }) => readKeyConfiguration(keyId, signal),
  });
  const secret = made?.key.id === keyId ? made.secret : null;
  return (
    <>
      {secret === null ? (
        <Renew keyId={keyId} onMade={onMade} />
      ) : (
        <div>
          <p className="mb-1 font-medium text-attention">{t('once')}</p>
          <CommandLine label={t('secret')} command={secret} />
        </div>
      )}
      <Answer of={configuration} what="keys">
        {(answer) => <Commands configuration={answer} secret={secret} />}
      </Answer>
      {arrival.data?.state === 'receiving' ? (
        <p role="status" className="border-l-2 border-good pl-3">
          <span className="font-medium text-good">{words('receiving')}</span>{' '}
          <Moment at={arrival.data.firstSeenAt} precision="second" />
        </p>
      ) : (
        <p role="status" className="border-l-2 border-edge pl-3 text-muted">
          {arrival.isError ? words('failed') : words('waiting')}
        </p>
      )}
    </>
  );
}

interface CommandsProps {
  configuration: SenderConfigurationAnswer;
  secret: string | null;
}

/** One line with curl first; files to keep sending with behind it. */
function Commands({ configuration, secret }: CommandsProps) {
  const t = useTranslations('firstLog.send');
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const first = configuration.items.find(({ id }) => id === 'first-line');
  return (
    <>
      {first && (
        <div>
          <p className="mb-1">{t('run')}</p>
          <CommandLine label={first.label[locale]} command={withSecret(first.text, secret).trimEnd()} />
        </div>
      )}
      <div>
        <Button className="control control-quiet !px-0 text-accent" aria-expanded={open} onPress={() => setOpen(!open)}>
          {t('otherWays')}
        </Button>
        {open && <SenderConfiguration configuration={configuration} secret={secret} />}
      </div>
    </>
  );
}

/** A key is shown once: whoever comes back without it gets another secret for it. */
function Renew({ keyId, onMade }: Pick<SendStepProps, 'keyId' | 'onMade'>) {
  const t = useTranslations('firstLog.send');
  const forms = useTranslations('forms');
  const { pending, error, send } = useSending();
  return (
    <div className="grid justify-items-start gap-2">
      <FormProblem error={error} />
      <p className="text-muted">{t('lost')}</p>
      <Button
        className="control"
        onPress={() => void send(async () => onMade(await rotateKey(keyId, { overlapHours: 24 })))}
      >
        {pending ? forms('pending') : t('renew')}
      </Button>
    </div>
  );
}

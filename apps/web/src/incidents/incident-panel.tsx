'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { acknowledgeIncident, readIncident, type Incident } from '../api-client/incidents.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { useNotify } from '../forms/notices.tsx';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { IncidentFacts } from './incident-facts.tsx';
import { useIncidentWords } from './use-incident-words.ts';

/** One incident with its record; beside the list on a wide screen, above it on a narrow one. */
export function IncidentPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('incidents');
  const incident = useQuery({ queryKey: ['incidents', 'one', id], queryFn: ({ signal }) => readIncident(id, signal) });
  const heading = useRef<HTMLHeadingElement>(null);
  const words = useIncidentWords();
  const isThere = incident.data !== undefined;
  useEffect(() => {
    if (isThere) heading.current?.focus();
  }, [isThere]);
  useCommands({ 'panel.close': onClose });
  return (
    <section aria-label={t('one')} className="grid gap-3 border-line max-lg:border-b max-lg:pb-4 lg:border-l lg:pl-6">
      <div className="flex items-start gap-2">
        <h2 ref={heading} tabIndex={-1} className="flex-1 font-medium outline-none">
          {incident.data === undefined ? t('one') : words.kind(incident.data.kind)}
        </h2>
        <Button className="control control-quiet control-small" aria-label={t('closePanel')} onPress={onClose}>
          <X size={16} aria-hidden />
        </Button>
      </div>
      <Answer of={incident} what="incidents">
        {(found) => (
          <>
            <IncidentFacts incident={found} />
            <Steps incident={found} />
          </>
        )}
      </Answer>
    </section>
  );
}

function Steps({ incident }: { incident: Incident }) {
  const t = useTranslations('incidents');
  const session = useSession();
  const notify = useNotify();
  const client = useQueryClient();
  const [closing, setClosing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const refresh = () =>
    Promise.all(['incidents', 'open-incidents'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  const acknowledge = async () => {
    setError(null);
    try {
      await acknowledgeIncident(incident.id);
      notify({ text: t('acknowledged') });
    } catch (failure) {
      setError(failure);
    }
    await refresh();
  };
  const takesRecord = incident.closedBy === undefined && mayDo(session, 'incidents.close');
  const isClosed = incident.state === 'closed';
  return (
    <div className="grid gap-2 print:hidden">
      <FormProblem error={error} words={{ 'incident-closed': t('closedBefore') }} />
      <div className="flex flex-wrap gap-2">
        {incident.state === 'open' && mayDo(session, 'incidents.acknowledge') && (
          <Button className="control" onPress={() => void acknowledge()}>
            {t('acknowledge')}
          </Button>
        )}
        {takesRecord && (
          <Button className={`control ${isClosed ? '' : 'control-primary'}`} onPress={() => setClosing(true)}>
            {t(isClosed ? 'record' : 'close')}
          </Button>
        )}
      </div>
      {closing && (
        <CloseDialog
          incident={incident}
          onClose={() => setClosing(false)}
          onDone={async () => {
            await refresh();
            notify({ text: t('closed') });
          }}
        />
      )}
    </div>
  );
}

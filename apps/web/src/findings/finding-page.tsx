'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { BackLink } from '../frame/back-link.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EditFindingDialog } from './edit-finding-dialog.tsx';
import { FindingFacts } from './finding-facts.tsx';
import { FindingLines } from './finding-lines.tsx';
import { FindingNotes } from './finding-notes.tsx';
import { FindingSteps } from './finding-steps.tsx';
import { useFinding } from './use-finding.ts';

/** One finding from its discovery to its end (PCI DSS 10.4.3). */
export function FindingPage({ id }: { id: string }) {
  const t = useTranslations('logFindings');
  const mayManage = mayDo(useSession(), 'findings.manage');
  const [isEditing, setEditing] = useState(false);
  const finding = useFinding(id);
  const found = finding.data;
  const mayEdit = mayManage && found !== undefined && found.state !== 'closed';
  return (
    <Page
      title={found === undefined ? t('title') : `${t('one', { number: found.number })} ${found.title}`}
      actions={
        mayEdit && (
          <Button className="control" onPress={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )
      }
    >
      <BackLink href="/findings">{t('title')}</BackLink>
      <Answer of={finding} what="logFindings">
        {(shown) => (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <FindingSteps finding={shown} />
            <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
              <FindingFacts finding={shown} />
              <section>
                <h2 className="mb-2 border-b border-line pb-1 font-medium">{t('notes.title')}</h2>
                <FindingNotes notes={shown.notes} />
              </section>
            </div>
            <section className="min-w-0">
              <h2 className="mb-1 font-medium">
                {t('fields.lines')} <span className="font-normal text-muted">{shown.lines.length}</span>
              </h2>
              <FindingLines lines={shown.lines} />
            </section>
          </div>
        )}
      </Answer>
      {isEditing && found !== undefined && <EditFindingDialog finding={found} onClose={() => setEditing(false)} />}
    </Page>
  );
}

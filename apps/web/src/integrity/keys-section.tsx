'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { exportDataKeys, readEncryptionKeys } from '../api-client/encryption-keys.ts';
import { keepFile } from '../csv/keep-file.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { TextField } from '../forms/text-field.tsx';
import { typedEntry } from '../forms/typed-entry.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { KeysTable } from './keys-table.tsx';

/** The keys that the organisation's records lie under, and what an auditor needs of them. */
export function KeysSection() {
  const t = useTranslations('encryptionKeys');
  const session = useSession();
  const [exporting, setExporting] = useState(false);
  const mayRead = mayDo(session, 'settings.read');
  const keys = useQuery({
    queryKey: ['encryption-keys'],
    queryFn: ({ signal }) => readEncryptionKeys(signal),
    enabled: mayRead,
  });
  if (!mayRead) return null;
  return (
    <section className="grid min-w-0 gap-3 lg:col-span-2">
      <div className="flex flex-wrap items-start gap-4">
        <div className="flex-1 basis-80">
          <h2 className="mb-1 font-medium">{t('title')}</h2>
          <p className="max-w-[72ch] text-muted">{t('text')}</p>
        </div>
        {mayDo(session, 'settings.manage') && (
          <Button className="control" onPress={() => setExporting(true)}>
            {t('export')}
          </Button>
        )}
      </div>
      <Answer of={keys} what="integrity">
        {(items) => <KeysTable keys={items} />}
      </Answer>
      {exporting && <ExportDialog slug={session.tenant.slug} onClose={() => setExporting(false)} />}
    </section>
  );
}

/** Whoever has the file reads every record of a copy of the archive: why it leaves is on record. */
function ExportDialog({ slug, onClose }: { slug: string; onClose: () => void }) {
  const t = useTranslations('encryptionKeys');
  const notify = useNotify();
  return (
    <FormDialog
      title={t('exportTitle')}
      action={t('export')}
      problemWords={{ 'forbidden/beyond-own-access': t('beyondOwnAccess') }}
      onClose={onClose}
      onSubmit={(entries) => exportDataKeys(typedEntry(entries, 'reason'))}
      onDone={({ text, ids }) => {
        keepFile(new Blob([text], { type: 'text/plain' }), `${slug}-data-keys.txt`);
        notify({ text: t('exported', { count: ids.length }) });
      }}
    >
      <p>{t('exportFollows')}</p>
      <TextField name="reason" label={t('reason')} description={t('reasonNote')} isRequired maxLength={120} rows={2} />
    </FormDialog>
  );
}

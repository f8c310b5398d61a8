'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { changeArea, createArea, endArea, type Area, type AreaInput } from '../api-client/areas.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SwitchField } from '../forms/switch-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { AreaDialog } from './area-dialog.tsx';
import { draftOfArea, newArea, type AreaDraft } from './area-draft.ts';
import { AreaGaps } from './area-gaps.tsx';
import { AreasTable } from './areas-table.tsx';
import { useAreas } from './use-areas.ts';

interface Asked {
  /** Null: a new one. */
  area: Area | null;
  draft: AreaDraft;
}

/** What is reviewed, by whom and how often; first, what of the PCI scope is in no area. */
export function AreasView() {
  const t = useTranslations('areas');
  const client = useQueryClient();
  const notify = useNotify();
  const mayManage = mayDo(useSession(), 'areas.manage');
  const areas = useAreas();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [ending, setEnding] = useState<Area | null>(null);
  const [hasEnded, setHasEnded] = useState(false);
  const save = async (input: AreaInput) => {
    const area = asked?.area ?? null;
    await (area === null ? createArea(input) : changeArea(area.id, input));
    await client.invalidateQueries({ queryKey: ['areas'] });
    notify({ text: t(area === null ? 'created' : 'changed', { name: input.name }) });
  };
  return (
    <>
      <p className="mb-4 max-w-[72ch] text-muted">{t('text')}</p>
      <Answer of={areas} what="areas">
        {({ items, gaps }) => {
          const ended = items.filter(({ isEnded }) => isEnded).length;
          const shown = hasEnded ? items : items.filter(({ isEnded }) => !isEnded);
          return (
            <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
              <AreaGaps
                gaps={gaps}
                onAdd={mayManage ? (logGroups) => setAsked({ area: null, draft: newArea(logGroups) }) : null}
              />
              <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
                <div className="flex flex-wrap items-center gap-4">
                  {mayManage && (
                    <Button className="control" onPress={() => setAsked({ area: null, draft: newArea() })}>
                      <Plus size={16} aria-hidden />
                      {t('create')}
                    </Button>
                  )}
                  {ended > 0 && (
                    <SwitchField label={t('showEnded', { count: ended })} value={hasEnded} onChange={setHasEnded} />
                  )}
                </div>
                {shown.length === 0 ? (
                  <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
                ) : (
                  <AreasTable
                    areas={shown}
                    mayManage={mayManage}
                    onChange={(area) => setAsked({ area, draft: draftOfArea(area) })}
                    onEnd={setEnding}
                  />
                )}
              </div>
            </div>
          );
        }}
      </Answer>
      {asked !== null && (
        <AreaDialog
          title={asked.area === null ? t('create') : t('changeTitle', { name: asked.area.name })}
          initial={asked.draft}
          onClose={() => setAsked(null)}
          onSave={save}
        />
      )}
      {ending !== null && (
        <ConfirmDialog
          title={t('endTitle', { name: ending.name })}
          action={t('end')}
          onClose={() => setEnding(null)}
          onConfirm={async () => {
            await endArea(ending.id);
            await client.invalidateQueries({ queryKey: ['areas'] });
            notify({ text: t('ended', { name: ending.name }) });
          }}
        >
          <p>{t('endText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

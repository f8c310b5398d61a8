'use client';

import { Download, Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readTrail, type TrailStep, type TrailWanted } from '../api-client/people.ts';
import { useSaving } from '../csv/use-saving.ts';
import { trailLines, trailTable } from './trail-files.ts';

interface TrailSavingProps {
  wanted: TrailWanted;
  /** What has been read so far, and whether there is more. */
  steps: readonly TrailStep[];
  hasMore: boolean;
}

/** The whole trail as a file: what the page has not read yet is read for it, and is on record as every look is. */
export function TrailSaving({ wanted, steps, hasMore }: TrailSavingProps) {
  const t = useTranslations('trail');
  const { pending, save: keep } = useSaving({ failed: (why) => t('notSaved', { why }) });
  const save = (write: (all: readonly TrailStep[]) => Blob, ending: string) =>
    keep(`trail.${ending}`, async () => write(hasMore ? await readAll(wanted) : steps));
  const titles = {
    when: t('columns.when'),
    person: t('columns.who'),
    account: t('account'),
    where: t('where'),
    onWhat: t('onWhat'),
    action: t('columns.what'),
    outcome: t('outcome'),
    because: t('columns.because'),
  };
  return (
    <>
      <Button className="control" onPress={() => window.print()}>
        <Printer size={16} aria-hidden />
        {t('print')}
      </Button>
      <Button
        className="control"
        isPending={pending !== null}
        onPress={() => void save((all) => new Blob([trailTable(all, titles)], { type: 'text/csv' }), 'csv')}
      >
        <Download size={16} aria-hidden />
        {t('saveCsv')}
      </Button>
      <Button
        className="control"
        isPending={pending !== null}
        onPress={() => void save((all) => new Blob([trailLines(all)], { type: 'application/x-ndjson' }), 'ndjson')}
      >
        <Download size={16} aria-hidden />
        {t('saveLines')}
      </Button>
    </>
  );
}

async function readAll(wanted: TrailWanted): Promise<TrailStep[]> {
  const all: TrailStep[] = [];
  let cursor: string | null = null;
  do {
    const part: Awaited<ReturnType<typeof readTrail>> = await readTrail(wanted, cursor);
    all.push(...part.items);
    cursor = part.next;
  } while (cursor !== null);
  return all;
}

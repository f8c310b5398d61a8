/** `npm run corpora [-- --write] [--corpora=FOLDER] [--misses=PART]`: accuracy of formats and classes on real logs. */

import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { coalesceExpectations } from './coalesce-expectations.ts';
import { crowdsecExpectations } from './crowdsec-expectations.ts';
import { judge } from './judge.ts';
import { libauditExpectations } from './libaudit-expectations.ts';
import { lnavExpectations } from './lnav-expectations.ts';
import { loghubExpectations } from './loghub-expectations.ts';
import { isEnough, missTable, reportPage, scoreTable } from './report.ts';
import { wazuhExpectations } from './wazuh-expectations.ts';

const { values } = parseArgs({
  options: { write: { type: 'boolean' }, corpora: { type: 'string' }, misses: { type: 'string' } },
});
const folder = values.corpora ?? fileURLToPath(new URL('../../../shared/corpora', import.meta.url));

if (!existsSync(folder)) {
  console.log(`corpora: skipped, ${folder} is absent`);
  process.exit(0);
}

const judgement = judge([
  ...wazuhExpectations(folder),
  ...crowdsecExpectations(folder),
  ...libauditExpectations(folder),
  ...coalesceExpectations(folder),
  ...loghubExpectations(folder),
  ...lnavExpectations(folder),
]);
console.log(scoreTable('Corpus', judgement.parts));
console.log(`\n${scoreTable('Format', judgement.formats)}`);
console.log(`\n${missTable(judgement.misses)}`);
if (values.misses !== undefined) {
  const shown = judgement.misses.filter(({ part }) => part.startsWith(values.misses ?? ''));
  for (const { place, reason, line } of shown) console.log(`\n${place}: ${reason}\n  ${line.slice(0, 400)}`);
}
if (values.write === true) writeFileSync(new URL('../../docs/corpora.md', import.meta.url), reportPage(judgement));
process.exitCode = isEnough(judgement.parts) ? 0 : 1;

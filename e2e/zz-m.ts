import { createMasker } from '@akashi/masking';
const m = createMasker({version:'1',keep:'first6last4'});
import { readFileSync } from 'node:fs';
for (const l of readFileSync('/tmp/lines.txt','utf8').split('\n')) { if(l==='')continue; const r=m.mask(Buffer.from(l)); console.log((r?'M ':'. ')+(r?r.record.toString():l), r? JSON.stringify(r.notes.map(n=>n.rule+':'+r.record.subarray(n.start,n.start+n.length))):''); if(r){const r2=m.mask(r.record); if(r2) console.log('   NOT IDEMPOTENT', r2.record.toString())} }

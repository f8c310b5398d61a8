import { createMasker } from '@akashi/masking';
import { readFileSync, readdirSync } from 'node:fs';
const m = createMasker({version:'1',keep:'first6last4'});
for (const d of readdirSync('../shared/corpora/loghub')) for (const f of readdirSync('../shared/corpora/loghub/'+d)) {
  const lines = readFileSync(`../shared/corpora/loghub/${d}/${f}`,'latin1').split('\n').map(l=>Buffer.from(l,'latin1'));
  let slow=0; const g=(m as any).glance; let hit=0; let bytes=0;
  for (const l of lines){ bytes+=l.length; if(g.mayHold(l,true)) slow++; const r=m.mask(l); if(r){hit++; if (hit<4) console.log(r.record.toString('latin1').slice(0,300), JSON.stringify(r.notes)); } const s=(m as any).search(l); if((s===null)!==(r===null)) console.log('GATE MISS', s.record.toString()) }
  let t=process.hrtime.bigint(); let n=0; for(let k=0;k<40;k++) for(const l of lines){ if (m.mask(l)) n++;} const el=Number(process.hrtime.bigint()-t);
  console.log(d,f,lines.length,'slow',slow,'hits',hit, (el/40/lines.length).toFixed(0)+' ns/line', (bytes/lines.length).toFixed(0)+'B');
}

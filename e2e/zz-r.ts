import { createMasker } from '@akashi/masking';
import { readFileSync } from 'node:fs';
const m = createMasker({version:'1',keep:'first6last4'}) as any;
const g=m.glance;
const cnt:any={};
for (const n of ['namesValue','chainMatters']) { const o=g[n].bind(g); g[n]=(...a:any[])=>{const r=o(...a); cnt[n+r]=(cnt[n+r]??0)+1; if(r&&n==='chainMatters'&&cnt[n+r]<5) console.log(n,a[0].toString().slice(a[1]-10,a[1]+30)); return r;}; }
for (const f of ['HDFS','OpenStack']) { for(const k in cnt) delete cnt[k]; let t=0;
for (const l of readFileSync(`../shared/corpora/loghub/${f}/${f}_2k.log`,'latin1').split('\n')) { const b=Buffer.from(l,'latin1'); if (g.mayHold(b,true)) t++; } console.log(f,t,cnt);}

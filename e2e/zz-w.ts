import { createMasker } from '@akashi/masking';
import { readFileSync } from 'node:fs';
const m = createMasker({version:'1',keep:'first6last4'}) as any;
for (const f of ['HDFS','OpenStack','Linux','OpenSSH','Apache','Mac']) { const c=new Map(); (globalThis as any).W=(w:string)=>c.set(w.replace(/\d+/g,'9'),(c.get(w.replace(/\d+/g,'9'))??0)+1);
for (const l of readFileSync(`../shared/corpora/loghub/${f}/${f}_2k.log`,'latin1').split('\n')) m.glance.mayHold(Buffer.from(l,'latin1'),true);
console.log(f,[...c].sort((a:any,b:any)=>b[1]-a[1]).slice(0,8)); }

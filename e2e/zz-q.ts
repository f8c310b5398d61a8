import { createMasker } from '@akashi/masking';
import { readFileSync } from 'node:fs';
const m = createMasker({version:'1',keep:'first6last4'}) as any;
const k:any = await import('../packages/masking/src/key-before.ts');
const g = m.glance; const o=g.namesValue.bind(g); let calls=0, t:any={};
g.namesValue=(b:any,a:any,w:any)=>{calls++; return o(b,a,w)};
for (const f of ['Linux','OpenSSH','OpenStack','HDFS','Apache']) { calls=0;
const lines=readFileSync(`../shared/corpora/loghub/${f}/${f}_2k.log`,'latin1').split('\n').map(l=>Buffer.from(l,'latin1'));
for (const l of lines) m.mask(l); console.log(f, calls/lines.length); }

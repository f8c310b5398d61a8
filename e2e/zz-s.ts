import { createMasker } from '@akashi/masking';
import { readFileSync } from 'node:fs';
const m = createMasker({version:'1',keep:'first6last4'}) as any; const g=m.glance;
const f=process.argv[2]; const only=process.argv[3];
const lines=readFileSync(`../shared/corpora/loghub/${f}/${f}_2k.log`,'latin1').split('\n').map(l=>Buffer.from(l,'latin1'));
const T=(n:string,fn:any)=>{ if(only&&only!==n) return; for(let r=0;r<3;r++){const c=process.cpuUsage(); for(let k=0;k<60;k++) for(const l of lines) fn(l); const e=process.cpuUsage(c); if(r==2) console.log(f,n,((e.user+e.system)/60/lines.length*1000).toFixed(0));}};
T('noTokens',(l:any)=>g.mayHold(l,false));
T('tokens',(l:any)=>g.mayHold(l,true));
T('mask',(l:any)=>m.mask(l));

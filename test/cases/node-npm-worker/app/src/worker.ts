import { setInterval } from 'node:timers/promises';

console.log('worker is up');

let ticks = 0;
for await (const _ of setInterval(1000)) {
  ticks += 1;
  console.log(`tick ${ticks}`);
}

import { applyReply } from '../src/core/edit/apply-reply.ts';
import type { EditView } from '../src/core/edit/types.ts';

/** The ladder on one file of 3,000 lines, without grammars: reply to result. */
const LINES = 3000;
const RUNS = 200;
const AIM_MS = 10;

const lines = Array.from({ length: LINES }, (_, at) => {
  const name = `value${at}`;
  return at % 6 === 0
    ? ''
    : `    const ${name} = compute(${at}, "item ${at % 40}", other[${at % 7}]);`;
});
const text = `${lines.join('\n')}\n`;
const target = lines.findLastIndex((line) => line !== '');
const wanted = lines[target] as string;

const block = (search: string, replacement: string) =>
  `src/big.ts\n<<<<<<< SEARCH\n${search}\n=======\n${replacement}\n>>>>>>> REPLACE\n`;
const replies = {
  exact: block(wanted, wanted.replace('compute', 'derive')),
  loose: block(wanted.replace('    const', '\tconst'), wanted.replace('compute', 'derive')),
  refusal: block(wanted.replace('compute', 'reckon'), wanted.replace('compute', 'derive')),
  ambiguous: block('', 'x'),
  whole: `src/big.ts\n\`\`\`ts\n${text.replace('compute(1,', 'derive(1,')}\`\`\`\n`,
};

const view: EditView = {
  paths: ['src/big.ts'],
  read: () => text,
  parses: () => undefined,
  isProtected: () => false,
};

/** Machines are shared: only what is far from the aim is a failure. */
const FAR_OFF = 3;

for (let run = 0; run < RUNS; run += 1) applyReply(replies.loose, 'auto', view);

let isFarOff = false;
let base: number | undefined;
console.log(
  `medians of ${RUNS} edits of a file of ${LINES} lines, ms (aim: at most ${AIM_MS}), and as a ratio to the exact one`,
);
for (const [name, reply] of Object.entries(replies)) {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    applyReply(reply, 'auto', view);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const slowest = times.at(-1) as number;
  const median = times[RUNS >> 1] as number;
  base ??= median;
  isFarOff ||= median > AIM_MS * FAR_OFF;
  console.log(
    `  ${name.padEnd(10)} ${median.toFixed(2).padStart(6)}   ×${(median / base).toFixed(1).padStart(5)}   slowest ${slowest.toFixed(2)}`,
  );
}
process.exitCode = isFarOff ? 1 : 0;

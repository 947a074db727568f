/** A long text with a fact near its beginning, and the question for it at the end. */
export type Needle = { readonly text: string; isFound(answer: string): boolean };

const FACTS = [
  { place: 'harbour office', word: 'TAMARIND-47' },
  { place: 'customs house', word: 'KESTREL-82' },
];

/** `tries` before this one hid another fact. */
export function hideNeedle(
  tokens: number,
  estimate: (text: string) => number,
  tries: number,
): Needle {
  const { place, word } = FACTS[tries % FACTS.length] as (typeof FACTS)[number];
  const fact = `The code word of the ${place} is ${word}.`;
  const question = `What is the code word of the ${place}? Answer with the code word alone.`;
  const room = tokens - estimate(`${fact}\n${question}`);
  const lines = fillLines(`of ${Math.round(tokens)} words, part ${tries + 1}`, room, estimate);
  lines.splice(Math.floor(lines.length * DEPTH), 0, fact);
  const [, name = '', number = ''] = /^(\w+)-(\d+)$/.exec(word) ?? [];
  const found = new RegExp(`${name}\\W{0,3}${number}`, 'i');
  return { text: `${lines.join('\n')}\n\n${question}`, isFound: (answer) => found.test(answer) };
}

/** Where what is left out goes first. */
const DEPTH = 0.04;
const MOST_LINES = 20_000;

/**
 * Sentences that resemble each other and are all different. A server goes on from what it has read
 * before, so each text begins in its own way.
 */
export function fillLines(
  name: string,
  tokens: number,
  estimate: (text: string) => number,
): string[] {
  const lines: string[] = [`Inventory ${name}.`];
  for (let size = 0; size < tokens && lines.length < MOST_LINES; ) {
    const at = lines.length;
    const line = `Shelf ${at + 1} of the ${STORES[at % STORES.length]} store holds ${(at * 53) % 97} boxes of ${GOODS[(at * 3) % GOODS.length]}.`;
    size += estimate(`${line}\n`);
    lines.push(line);
  }
  return lines;
}

const STORES = ['northern', 'southern', 'old', 'new', 'lower'];
const GOODS = ['tea', 'salt', 'wool', 'iron nails', 'candles', 'rope', 'paper', 'glass'];

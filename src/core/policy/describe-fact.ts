import type { Fact } from './facts.ts';
import { shown } from './shell/marks.ts';

const LONGEST = 120;

/** One line about a piece of an action, for the person who has to say yes or no. */
export function describeFact(fact: Fact): string {
  return clip(shown(sentence(fact)));
}

function sentence(fact: Fact): string {
  switch (fact.about) {
    case 'action':
      return `${fact.kind} ${fact.detail}`.trim();
    case 'program':
      return [fact.name, ...fact.flags, ...fact.operands].join(' ');
    case 'access':
      return `${fact.by} would ${fact.access} ${fact.path}`;
    case 'assignment':
      return `${fact.name}=${fact.value}`;
    case 'variable':
      return `$${fact.name}`;
    case 'setting':
      return `${fact.name} = ${fact.value}`;
    case 'address':
      return `${fact.program} ${fact.value}`;
    case 'code':
      return `${fact.language}: ${fact.text}`;
    case 'trait':
      return fact.detail;
    default:
      fact satisfies never;
      return '';
  }
}

const clip = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};

import { C_SHARP, CPP, GO, JAVA, RUST } from './compiled-languages.ts';
import type { Language } from './language.ts';
import { BASH, CSS, JAVASCRIPT, PHP, PYTHON, RUBY, TYPESCRIPT } from './script-languages.ts';

const LANGUAGES: readonly Language[] = [
  TYPESCRIPT,
  JAVASCRIPT,
  PYTHON,
  GO,
  RUST,
  JAVA,
  C_SHARP,
  CPP,
  PHP,
  RUBY,
  BASH,
  CSS,
];

export type Grammar = { readonly language: Language; readonly grammar: string };

const BY_ENDING: ReadonlyMap<string, Grammar> = new Map(
  LANGUAGES.flatMap((language) =>
    Object.entries(language.files).map(([ending, grammar]) => [ending, { language, grammar }]),
  ),
);

/** By the name of the file; a script without an ending says it in its first line. */
export function grammarOf(path: string, firstLine: string): Grammar | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const known =
    BY_ENDING.get(name) ?? (dot > 0 ? BY_ENDING.get(name.slice(dot).toLowerCase()) : undefined);
  if (known !== undefined || dot > 0) return known ?? null;
  const program = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(?:\S*\/)?([a-z]+)/.exec(firstLine)?.[1];
  return BY_ENDING.get(PROGRAMS[program ?? ''] ?? '') ?? null;
}

const PROGRAMS: Readonly<Record<string, string>> = {
  bash: '.sh',
  sh: '.sh',
  dash: '.sh',
  ksh: '.sh',
  node: '.js',
  python: '.py',
  ruby: '.rb',
  php: '.php',
};

/** Code that no grammar is there for: names in it are found as whole words only. */
export const isCodeLike = (path: string): boolean => CODE_ENDINGS.has(endingOf(path));

const endingOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).toLowerCase();

const CODE_ENDINGS = new Set(
  `asm astro clj cljs cmake coffee cr cu d dart ejs elm erb erl ex exs f90 fish fs fsx gd glsl gql
  gradle graphql groovy hbs hlsl hrl hs jl kt kts less lisp lua m ml mli mm mustache nim pas pl pm
  pro proto ps1 psm1 r re rkt sass scala scm scss sol sql sv svelte swift tcl twig v vb vhd vue
  wgsl zig zsh`.split(/\s+/),
);

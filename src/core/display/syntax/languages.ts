import type { Block, Language } from './language.ts';

const words = (text: string): readonly string[] => text.split(' ');
const comment = (open: string, close: string): Block => ({
  ink: 'comment',
  open,
  close,
  isEscaped: false,
  isLong: true,
});
const string = (open: string, more: Partial<Block> = {}): Block => ({
  ink: 'string',
  open,
  close: open,
  isEscaped: true,
  isLong: false,
  ...more,
});

const LONG = { isLong: true };
const RAW = { isEscaped: false };
const QUOTES = [string('"'), string("'")];
const C_COMMENTS = { lineComments: ['//'] };
const C_BLOCKS = [comment('/*', '*/'), ...QUOTES];
const HASH = { lineComments: ['#'] };

const C_WORDS =
  'auto break case char const continue default do double else enum extern float for goto if inline int long register return short signed sizeof static struct switch typedef union unsigned void volatile while bool true false NULL nullptr';
const JS_WORDS =
  'abstract as async await break case catch class const continue debugger declare default delete do else enum export extends false finally for from function get if implements import in instanceof interface keyof let namespace new null of private protected public readonly return satisfies set static super switch this throw true try type typeof undefined var void while yield';
const JAVA_WORDS =
  'abstract assert boolean break byte case catch char class const continue default do double else enum extends false final finally float for fun goto if implements import in instanceof int interface internal is long namespace native new null object override package private protected public return sealed short static string super switch synchronized this throw throws true try typealias using val var void volatile when while';

const JAVASCRIPT: Language = {
  keywords: words(JS_WORDS),
  ...C_COMMENTS,
  blocks: [...C_BLOCKS, string('`', LONG)],
  wordSigns: '$',
};
const PYTHON: Language = {
  keywords: words(
    'False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield self',
  ),
  ...HASH,
  blocks: [string('"""', LONG), string("'''", LONG), ...QUOTES],
};
const C: Language = {
  keywords: words(
    `${C_WORDS} catch class delete explicit friend mutable namespace new operator private protected public template this throw try typename using virtual #include #define #if #ifdef #ifndef #else #endif`,
  ),
  ...C_COMMENTS,
  blocks: C_BLOCKS,
  wordSigns: '#',
};
const JAVA: Language = {
  keywords: words(JAVA_WORDS),
  ...C_COMMENTS,
  blocks: [comment('/*', '*/'), string('"""', LONG), ...QUOTES],
};
const GO: Language = {
  keywords: words(
    'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var nil true false',
  ),
  ...C_COMMENTS,
  blocks: [...C_BLOCKS, string('`', { ...LONG, ...RAW })],
};
const RUST: Language = {
  keywords: words(
    'as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while',
  ),
  ...C_COMMENTS,
  // No single quotes: lifetimes have but one.
  blocks: [comment('/*', '*/'), string('"', LONG)],
};
const SHELL: Language = {
  keywords: words(
    'if then else elif fi for while until do done case esac in function return local export readonly set unset shift exit break continue eval exec source trap',
  ),
  ...HASH,
  blocks: [string('"', LONG), string("'", { ...LONG, ...RAW })],
};
const RUBY: Language = {
  keywords: words(
    'alias and begin break case class def do else elsif end ensure false for if in module next nil not or redo rescue retry return self super then true undef unless until when while yield require attr_reader attr_accessor',
  ),
  ...HASH,
  blocks: [comment('=begin', '=end'), ...QUOTES],
};
const PHP: Language = {
  keywords: words(`${JAVA_WORDS} array as echo elseif fn foreach function global print trait use`),
  lineComments: ['//', '#'],
  blocks: [comment('/*', '*/'), string('"', LONG), string("'", LONG)],
  wordSigns: '$',
};
const SQL: Language = {
  keywords: words(
    'add all alter and as asc begin between by case check column commit constraint create cross default delete desc distinct drop else end exists foreign from full grant group having in index inner insert into is join key left like limit not null offset on or order outer primary references revoke right rollback select set table then union unique update using values view when where with',
  ),
  lineComments: ['--'],
  blocks: [comment('/*', '*/'), string("'", { ...LONG, ...RAW })],
  isCaseless: true,
};
const LUA: Language = {
  keywords: words(
    'and break do else elseif end false for function goto if in local nil not or repeat return then true until while',
  ),
  lineComments: ['--'],
  blocks: [comment('--[[', ']]'), string('[[', { ...LONG, ...RAW, close: ']]' }), ...QUOTES],
};
const JSON_: Language = {
  keywords: words('true false null'),
  ...C_COMMENTS,
  blocks: [comment('/*', '*/'), string('"')],
};
const YAML: Language = {
  keywords: words('true false null yes no on off'),
  ...HASH,
  blocks: QUOTES,
};
const TOML: Language = {
  keywords: words('true false'),
  lineComments: ['#', ';'],
  blocks: [string('"""', LONG), string("'''", LONG), ...QUOTES],
};
const CSS: Language = {
  keywords: words('@media @import @use @mixin @include @font-face @keyframes !important'),
  blocks: C_BLOCKS,
  wordSigns: '@!-',
};
const SCSS: Language = { ...CSS, ...C_COMMENTS };
const MARKUP: Language = { keywords: [], blocks: [comment('<!--', '-->'), ...QUOTES] };
const MARKDOWN: Language = {
  keywords: [],
  blocks: [comment('<!--', '-->'), string('```', { ...LONG, ...RAW }), string('`', RAW)],
};
const DOCKERFILE: Language = {
  keywords: words(
    'FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG HEALTHCHECK SHELL AS',
  ),
  ...HASH,
  blocks: QUOTES,
};
const MAKE: Language = {
  keywords: words('ifeq ifneq ifdef ifndef else endif include define endef export'),
  ...HASH,
  blocks: QUOTES,
};

const BY_ENDING: readonly (readonly [string, Language])[] = [
  ['js mjs cjs jsx ts mts cts tsx', JAVASCRIPT],
  ['py pyi', PYTHON],
  ['c h cc cpp cxx hpp hh', C],
  ['java kt kts cs scala swift dart groovy gradle', JAVA],
  ['go', GO],
  ['rs', RUST],
  ['sh bash zsh ksh', SHELL],
  ['rb rake gemspec', RUBY],
  ['php', PHP],
  ['sql', SQL],
  ['lua', LUA],
  ['json jsonc json5', JSON_],
  ['yaml yml', YAML],
  ['toml ini cfg conf env properties', TOML],
  ['css', CSS],
  ['scss less', SCSS],
  ['html htm xml svg vue svelte', MARKUP],
  ['md markdown', MARKDOWN],
  ['mk', MAKE],
];
const BY_NAME: Readonly<Record<string, Language>> = {
  dockerfile: DOCKERFILE,
  makefile: MAKE,
  gemfile: RUBY,
  rakefile: RUBY,
};

/** The language that a path speaks of; null where none is known. */
export function languageOf(path: string): Language | null {
  const name = (path.split('/').at(-1) ?? '').toLowerCase();
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name] ?? null;
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
  return BY_ENDING.find(([endings]) => endings.split(' ').includes(ending))?.[1] ?? null;
}

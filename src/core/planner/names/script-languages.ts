import { type Language, NO_SIGN, UNICODE, UNICODE_NAME, words } from './language.ts';

const SCRIPT_NAME = /^#?[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

const SCRIPT_KEYWORDS = `await break case catch class const continue debugger default delete do else
  enum export extends false finally for function if implements import in instanceof interface let
  new null package private protected public return static super switch this throw true try typeof
  var void while with yield`;

const SCRIPT_LEAVES = `identifier property_identifier private_property_identifier
  shorthand_property_identifier shorthand_property_identifier_pattern statement_identifier`;

export const JAVASCRIPT: Language = {
  name: 'JavaScript',
  files: {
    '.js': 'javascript',
    '.jsx': 'javascript',
    '.mjs': 'javascript',
    '.cjs': 'javascript',
  },
  shape: SCRIPT_NAME,
  sign: /^#?/,
  characters: `${UNICODE}$`,
  keywords: words(SCRIPT_KEYWORDS),
  leaves: words(SCRIPT_LEAVES),
  prefixes: [],
};

export const TYPESCRIPT: Language = {
  ...JAVASCRIPT,
  name: 'TypeScript',
  files: { '.ts': 'typescript', '.mts': 'typescript', '.cts': 'typescript', '.tsx': 'tsx' },
  leaves: words(`${SCRIPT_LEAVES} type_identifier`),
};

export const PYTHON: Language = {
  name: 'Python',
  files: { '.py': 'python', '.pyi': 'python', '.pyw': 'python' },
  shape: UNICODE_NAME,
  sign: NO_SIGN,
  characters: UNICODE,
  keywords: words(`False None True and as assert async await break class continue def del elif else
    except finally for from global if import in is lambda nonlocal not or pass raise return try
    while with yield`),
  leaves: words('identifier'),
  prefixes: [],
};

export const PHP: Language = {
  name: 'PHP',
  files: { '.php': 'php', '.phtml': 'php' },
  shape: /^\$?[\p{L}_][\p{L}\p{N}_]*$/u,
  sign: /^\$?/,
  characters: UNICODE,
  keywords:
    words(`abstract and array as break callable case catch class clone const continue declare
    default do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile exit
    extends final finally fn for foreach function global goto if implements include include_once
    instanceof insteadof interface isset list match namespace new or print private protected public
    readonly require require_once return static switch throw trait try unset use var while xor
    yield true false null self parent`),
  leaves: words('name variable_name'),
  prefixes: [],
};

export const RUBY: Language = {
  name: 'Ruby',
  files: {
    '.rb': 'ruby',
    '.rake': 'ruby',
    '.gemspec': 'ruby',
    Rakefile: 'ruby',
    Gemfile: 'ruby',
  },
  shape: /^(?:@{1,2}|\$)?[\p{L}_][\p{L}\p{N}_]*[?!]?$/u,
  sign: /^(?:@{1,2}|\$)?/,
  characters: UNICODE,
  keywords: words(`BEGIN END alias and begin break case class def defined? do else elsif end ensure
    false for if in module next nil not or redo rescue retry return self super then true undef
    unless until when while yield`),
  leaves: words(`identifier constant hash_key_symbol simple_symbol instance_variable class_variable
    global_variable`),
  // `attr_reader :name` makes both the method and what it reads.
  prefixes: [':', '@', '@@'],
};

export const BASH: Language = {
  name: 'Bash',
  files: { '.sh': 'bash', '.bash': 'bash', '.bashrc': 'bash', '.bats': 'bash' },
  shape: /^[A-Za-z_][A-Za-z0-9_-]*$/,
  sign: NO_SIGN,
  characters: UNICODE,
  keywords: words(`case coproc do done elif else esac fi for function if in select then time until
    while`),
  leaves: words('variable_name word'),
  prefixes: [],
};

export const CSS: Language = {
  name: 'CSS',
  files: { '.css': 'css' },
  shape: /^(?:--|-?(?=[\p{L}_]))[\p{L}\p{N}_-]+$/u,
  sign: /^(?:--)?/,
  characters: `${UNICODE}\\-`,
  keywords: words('inherit initial unset revert none auto'),
  leaves: words('identifier id_name keyframes_name property_name plain_value'),
  prefixes: [],
};

import { type Language, NO_SIGN, UNICODE, UNICODE_NAME, words } from './language.ts';

export const GO: Language = {
  name: 'Go',
  files: { '.go': 'go' },
  shape: /^[\p{L}_][\p{L}\p{Nd}_]*$/u,
  sign: NO_SIGN,
  characters: UNICODE,
  keywords: words(`break case chan const continue default defer else fallthrough for func go goto if
    import interface map package range return select struct switch type var`),
  leaves: words('identifier field_identifier type_identifier package_identifier label_name'),
  prefixes: [],
};

export const RUST: Language = {
  name: 'Rust',
  files: { '.rs': 'rust' },
  shape: UNICODE_NAME,
  sign: NO_SIGN,
  characters: UNICODE,
  keywords:
    words(`Self abstract as async await become box break const continue crate do dyn else enum
    extern false final fn for if impl in let loop macro match mod move mut override priv pub ref
    return self static struct super trait true try type typeof unsafe unsized use virtual where
    while yield`),
  leaves: words('identifier field_identifier type_identifier shorthand_field_identifier'),
  prefixes: ['r#'],
};

export const JAVA: Language = {
  name: 'Java',
  files: { '.java': 'java' },
  shape: /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u,
  sign: NO_SIGN,
  characters: `${UNICODE}$`,
  keywords:
    words(`_ abstract assert boolean break byte case catch char class const continue default do
    double else enum extends false final finally float for goto if implements import instanceof int
    interface long native new null package private protected public return short static strictfp
    super switch synchronized this throw throws transient true try void volatile while`),
  leaves: words('identifier type_identifier'),
  prefixes: [],
};

export const C_SHARP: Language = {
  name: 'C#',
  files: { '.cs': 'c-sharp' },
  shape: UNICODE_NAME,
  sign: NO_SIGN,
  characters: UNICODE,
  keywords:
    words(`abstract as base bool break byte case catch char checked class const continue decimal
    default delegate do double else enum event explicit extern false finally fixed float for foreach
    goto if implicit in int interface internal is lock long namespace new null object operator out
    override params private protected public readonly ref return sbyte sealed short sizeof
    stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe
    ushort using virtual void volatile while`),
  leaves: words('identifier'),
  prefixes: ['@'],
};

export const CPP: Language = {
  name: 'C and C++',
  files: {
    '.c': 'cpp',
    '.h': 'cpp',
    '.cc': 'cpp',
    '.cpp': 'cpp',
    '.cxx': 'cpp',
    '.hh': 'cpp',
    '.hpp': 'cpp',
    '.hxx': 'cpp',
  },
  shape: UNICODE_NAME,
  sign: NO_SIGN,
  characters: UNICODE,
  keywords:
    words(`alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t
    char16_t char32_t class co_await co_return co_yield compl concept const const_cast consteval
    constexpr constinit continue decltype default delete do double dynamic_cast else enum explicit
    export extern false float for friend goto if inline int long mutable namespace new noexcept not
    not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires
    return short signed sizeof static static_assert static_cast struct switch template this
    thread_local throw true try typedef typeid typename union unsigned using virtual void volatile
    wchar_t while xor xor_eq`),
  leaves:
    words(`identifier field_identifier type_identifier namespace_identifier statement_identifier
    preproc_arg`),
  prefixes: [],
};

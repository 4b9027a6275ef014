/** A light tokenizer for the languages of the question banks; everything else stays plain. */

const words = (text) => new Set(text.trim().split(/\s+/));
const STRINGS = String.raw`"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?`;
const SLASHES = String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`;
const DECIMAL = String.raw`\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?`;
const NUMBER = String.raw`\b(?:0[xX][\da-fA-F_]+|0[bB][01_]+|${DECIMAL})[a-zA-Z]*`;
const WORD = String.raw`[A-Za-z_][A-Za-z0-9_]*`;

const PYTHON = {
  comment: "#[^\\n]*",
  string: String.raw`[rbfuRBFU]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|${STRINGS})`,
  special: String.raw`@${WORD}`,
  keywords: words(`
    and as assert async await break case class continue def del elif else except finally for
    from global if import in is lambda match nonlocal not or pass raise return try while with
    yield
  `),
  constants: words(`
    True False None self cls int float str bool list dict set tuple len range print sum min max
    zip map filter sorted enumerate isinstance super
  `),
};
const CLIKE = { comment: SLASHES, string: STRINGS };
const CPP = {
  ...CLIKE,
  special: String.raw`#[ \t]*[a-z]+`,
  keywords: words(`
    alignas auto break case catch class concept const consteval constexpr const_cast continue
    co_await co_return co_yield decltype default delete do dynamic_cast else enum explicit
    export extern final for friend goto if inline mutable namespace new noexcept operator
    override private protected public register reinterpret_cast requires return sizeof static
    static_assert static_cast struct switch template this throw try typedef typename union
    using virtual volatile while
  `),
  constants: words(`
    bool char double float int long short signed unsigned void size_t true false nullptr NULL
    std string vector map set
  `),
};
const JAVA = {
  ...CLIKE,
  special: String.raw`@${WORD}`,
  keywords: words(`
    abstract assert break case catch class continue default do else enum extends final finally
    for if implements import instanceof interface native new package permits private protected
    public record return sealed static strictfp super switch synchronized this throw throws
    transient try var volatile while yield
  `),
  constants: words(`
    boolean byte char double float int long short void true false null String Integer Long
    Double Boolean Object List Map Set
  `),
};
const SQL = {
  comment: String.raw`--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`,
  string: `'(?:''|[^'])*'?`,
  caseless: true,
  keywords: words(`
    add all alter and any as asc begin between by case check commit constraint create cross
    current database default delete desc distinct drop else end except exists explain fetch
    following for foreign from full group having if in index inner insert intersect into is
    join key lateral left like limit not nulls offset on or order outer over partition
    preceding primary range recursive references returning right rollback row rows select set
    table then transaction truncate unbounded union unique update using values view when where
    window with
  `),
  constants: words(`
    null true false avg coalesce count cast dense_rank extract first_value lag last_value lead
    max min ntile nullif percent_rank rank round row_number sum int integer bigint numeric
    decimal real text varchar char date time timestamp interval boolean
  `),
};
const R = {
  comment: "#[^\\n]*",
  string: STRINGS,
  word: String.raw`[A-Za-z.][A-Za-z0-9._]*`,
  special: String.raw`<<?-|->|%[^%\n]*%|\|>`,
  keywords: words(`
    break else for function if in next repeat return while library require
  `),
  constants: words(`
    TRUE FALSE NULL NA NaN Inf T F c data.frame list matrix mean sd var sum
  `),
};
const SHELL = {
  comment: String.raw`(?<![^\s;&|(])#[^\n]*`,
  string: STRINGS.replaceAll("\\n", ""),
  special: String.raw`\$(?:\{[^}\n]*\}|[A-Za-z_]\w*|[\d@*#?$!-])`,
  keywords: words(`
    case do done elif else esac fi for function if in local return select then until while
    export readonly set unset
  `),
  constants: words(`
    alias awk cat cd chmod cp curl cut echo exit find git grep head kill ls mkdir mv pip printf
    pwd python read rm sed sort source sudo tail tar test touch tr true false uniq wc xargs
  `),
};

const LANGUAGES = {
  python: ["Python", PYTHON],
  cpp: ["C++", CPP],
  c: ["C", CPP],
  java: ["Java", JAVA],
  sql: ["SQL", SQL],
  r: ["R", R],
  bash: ["Shell", SHELL],
};
const ALIASES = {
  py: "python",
  python3: "python",
  pycon: "python",
  "c++": "cpp",
  cxx: "cpp",
  cc: "cpp",
  sh: "bash",
  shell: "bash",
  zsh: "bash",
  console: "bash",
  postgresql: "sql",
  sqlite: "sql",
  mysql: "sql",
};
const compiled = new Map();

function lookUp(language) {
  const name = language?.toLowerCase();
  return LANGUAGES[ALIASES[name] ?? name];
}

export const languageName = (language) => lookUp(language)?.[0] ?? language;

/**
 * Splits code into [kind, text]; kind is null, or comment, string, number, special, keyword,
 * constant, call. Joined, the texts are the code again.
 */
export function tokens(code, language) {
  const rules = lookUp(language)?.[1];
  if (!rules) return [[null, code]];
  const found = [];
  let at = 0;
  for (const match of code.matchAll(pattern(rules))) {
    const kind = kindOf(match, rules, code);
    if (!kind) continue;
    if (match.index > at) found.push([null, code.slice(at, match.index)]);
    found.push([kind, match[0]]);
    at = match.index + match[0].length;
  }
  if (at < code.length) found.push([null, code.slice(at)]);
  return found;
}

function kindOf({ groups, index, 0: text }, rules, code) {
  if (groups.word === undefined) {
    return ["comment", "string", "special", "number"].find((kind) => groups[kind] !== undefined);
  }
  const word = rules.caseless ? text.toLowerCase() : text;
  if (rules.keywords.has(word)) return "keyword";
  if (rules.constants.has(word)) return "constant";
  return code[index + text.length] === "(" ? "call" : null;
}

function pattern(rules) {
  if (!compiled.has(rules)) {
    const parts = [
      ["comment", rules.comment],
      ["string", rules.string],
      ["special", rules.special],
      ["number", NUMBER],
      ["word", rules.word ?? WORD],
    ];
    const source = parts.filter(([, rule]) => rule).map(([kind, rule]) => `(?<${kind}>${rule})`);
    compiled.set(rules, new RegExp(source.join("|"), "g"));
  }
  return compiled.get(rules);
}

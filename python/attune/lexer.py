"""Attune for Pygments: nbconvert, the console, Sphinx and pygmentize find it by the entry point `pygments.lexers`."""

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text, Whitespace

from .words import COMMANDS, KEYWORDS, LITERALS

_WORD = r"[^\W\d]\w*"
# A name used as a key (`step=3`) is no keyword.
_KEY = r"(?=\s*=(?!=))"
_NUMBER = r"(?:\d[\d_]*\.(?![.\w])[\d_]*|\d[\d_]*\.\d[\d_]*|\.\d[\d_]*|\d[\d_]*)(?:[eE][+-]?\d+)?(?:s|min|h)?\b"


class AttuneLexer(RegexLexer):
    """Commands, parameters, values, comments and strings of cells and `.attune` files."""

    name = "Attune"
    aliases = ["attune"]
    filenames = ["*.attune"]
    mimetypes = ["text/x-attune"]

    tokens = {
        "root": [
            (r"^([ \t]+)(subject)([ \t]+)(to)\b", bygroups(Whitespace, Keyword, Whitespace, Keyword)),
            (rf"^([ \t]*)({_WORD}){_KEY}", bygroups(Whitespace, Name.Variable)),
            (r"^([ \t]+)([^\W\d][\w.\[\]]*)(?=\s+in\b)", bygroups(Whitespace, Name.Variable)),
            (r"((?:^|;)[ \t]*\??)(%s)\b(?!\s*(?:\.|\[|=[^=]))" % "|".join(COMMANDS), bygroups(Punctuation, Keyword)),
            (r"#.*$", Comment.Single),
            (r"\n", Whitespace),
            (r"[ \t]+", Whitespace),
            (r"\\$", Punctuation),
            (r"[rR]?'''", String, "single"),
            (r'[rR]?"""', String, "double"),
            (r"[rR]?'(?:\\.|[^'\\\n])*'?", String),
            (r'[rR]?"(?:\\.|[^"\\\n])*"?', String),
            (r"0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+", Number),
            (_NUMBER, Number),
            (r"(?:%s)\b(?!\s*=(?!=))" % "|".join(w for w in KEYWORDS if w not in ("subject", "to")), Keyword),
            (r"(?:%s)\b" % "|".join(LITERALS), Keyword.Constant),
            (rf"{_WORD}{_KEY}", Name.Attribute),
            (rf"{_WORD}(?=\()", Name.Function),
            (_WORD, Name),
            (r"\.\.|\*\*|[-+*/<>=!]=?", Operator),
            (r"[()\[\]{},:.;]", Punctuation),
            (r"[?%]", Name.Decorator),
            # Anything else is text: a cell that is being typed is never marked as an error.
            (r".", Text),
        ],
        "single": [(r"'''", String, "#pop"), (r"\\.|[^'\\]+|'", String)],
        "double": [(r'"""', String, "#pop"), (r'\\.|[^"\\]+|"', String)],
    }

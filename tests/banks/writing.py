"""Banks written for tests: one good item of each type, and the means to spoil it."""

from __future__ import annotations

from pathlib import Path

from bot.banks.findings import BankErrors, Finding
from bot.banks.loader import load_bank
from bot.domain.questions import Bank

HEADING = """\
schema = 1
area = "{area}"
topic = "{topic}"
"""

SINGLE = """
[[items]]
id = "prog.python.0001"
rev = 2
type = "single"
difficulty = 2
tags = ["mutability"]
seconds = 45
question = "What does this program print?"
code = '''
def add(x, seen=[]):
    seen.append(x)
    return len(seen)

add("a")
print(add("b"))
'''
code_language = "python"
options = [
  { text = "2", correct = true },
  { text = "1", why = "The default list is made once." },
  { text = "0", why = "The list grows before its length is taken." },
]
explanation = "A default value is built once, when def runs."
hints = ["When is the default expression evaluated?"]
refs = [{ kind = "docs", title = "The Python Language Reference", section = "Functions" }]
check = { kind = "stdout" }
"""

MULTI = """
[[items]]
id = "prog.python.0002"
rev = 1
type = "multi"
difficulty = 3
question = "Which of these can be changed in place?"
options = [
  { text = "list", correct = true },
  { text = "dict", correct = true },
  { text = "tuple", why = "A tuple has no method that changes it." },
]
explanation = "Lists and dictionaries are mutable."
"""

NUMERIC = """
[[items]]
id = "prog.python.0003"
rev = 1
type = "numeric"
difficulty = 3
question = "How many GiB do the keys and values take?"
answer = 2.0
unit = "GiB"
tolerance = { rel = 0.01 }
traps = [{ value = 1.0, why = "Count keys and values." }]
explanation = "Twice one GiB."
check = { kind = "expr", expr = "2 * 2**30 / 2**30" }
"""

PARAM = """
[[items]]
id = "prog.python.0004"
rev = 1
type = "param"
difficulty = 3
question = "A model has {n} layers of width {width:,}. {share:%} of them are frozen: what trains?"
explanation = "{n}·{width}²·(1 − {share}) = {answer:.3g}."
answer = "n * width**2 * (1 - share)"
where = "n < 10 or share > 0.1"
traps = [{ expr = "n * width**2", why = "{share:%} are frozen." }]
tolerance = { rel = 0.01 }
variants = 12
[items.params]
n = [2, 4, 12]
width = [64, 256, 1000]
share = [0.1, 0.25]
"""

KEYWORD = """
[[items]]
id = "prog.python.0005"
rev = 1
type = "keyword"
difficulty = 3
question = "Name two ways to fight overfitting."
need = 2.0
check = { kind = "examples" }
[[items.concepts]]
id = "early_stop"
label = "early stopping"
any = ["early stop*", "{stop train* validation}~8"]
hint = "When do you stop training?"
[[items.concepts]]
id = "dropout"
label = "dropout"
any = ["dropout"]
all_of = [["drop|mask"], ["units"]]
[[items.misconceptions]]
label = "more epochs cure overfitting"
any = ["{more|longer epoch*|train*}~4"]
say = "Training longer usually makes it worse."
[[items.examples]]
answer = "Use dropout and stop early."
min = 0.9
"""

BEHAVIOURAL = """
[[items]]
id = "prog.python.0006"
rev = 1
type = "behavioural"
difficulty = 3
question = "Tell me about a bug that you caused."
follow_ups = ["What would you do differently?"]
words = { min = 60, max = 300 }
red_flags = ["blames others"]
[items.rubric.situation]
signals = ["production"]
zero = "No situation."
three = "A concrete one."
[items.rubric.task]
signals = ["my part"]
zero = "No task."
three = "A concrete one."
[items.rubric.action]
signals = ["I"]
zero = "No action."
three = "Concrete ones."
[items.rubric.result]
signals = ["since then"]
zero = "No result."
three = "A measured one."
[[items.examples]]
answer = "I once deleted a table."
max = 0.4
"""

ALL_TYPES = SINGLE + MULTI + NUMERIC + PARAM + KEYWORD + BEHAVIOURAL


def write(folder: Path, items: str, place: str = "programming/python") -> Path:
    """Writes `items` under a heading that suits `place`; gives the file."""
    area, topic = place.split("/")
    return write_raw(folder, HEADING.format(area=area, topic=topic) + items, f"{place}.toml")


def write_raw(folder: Path, text: str | bytes, name: str = "programming/python.toml") -> Path:
    """Writes a file as it is."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def load(folder: Path, items: str) -> Bank:
    """The bank that holds `items` alone."""
    write(folder, items)
    return load_bank(folder)


def findings_in(folder: Path) -> tuple[Finding, ...]:
    """What is wrong with the bank in `folder`; nothing where it loads."""
    try:
        load_bank(folder)
    except BankErrors as errors:
        return errors.findings
    return ()

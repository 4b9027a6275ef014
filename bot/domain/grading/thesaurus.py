"""Words that people use for each other when they explain computing and machine learning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from bot.domain.grading.lexicon import key_of
from bot.domain.grading.text import spelling

_GROUPS = """
above bigger greater higher larger more
abstract abstraction encapsulation
adapt adjust alter change modify update
add append attach enqueue insert push put
additional double extra more second twice
address location place position spot
adjacent neighbour
advance increment move
advantage benefit pro
after following next subsequent
again iterate iteration iterative loop repeat repetition
aggregate combine join merge
alias refer reference synonym
all complete entire every everywhere throughout whole
allow enable permit
amount count length number size total
application code program software
apply employ use utilize
appropriate correct proper right suitable
argument input parameter
ascending order ordered sort sorted
attach connect connection join link wire
attribute characteristic feature property
avoid eliminate prevent
back bottom end final last rear tail
before previous prior
begin beginning first front head initial start top
below fewer less lower smaller
biggest greatest highest largest max maximum
bit byte
block body content implementation
branch half side subtree
broken disconnect gap open
build construct create form generate make produce
call execute invoke run
case scenario situation
category class group label target
chance likelihood likely probability probable
change convert transform translate
check compare condition evaluate test validate
child children descendant successor
circular wrap
clone copy duplicate replicate
close closest near nearest similar
coefficient strength weight
collection group list sequence set
component part piece portion section segment
con disadvantage drawback
const constant fixed
contain hold include keep save store
cost error loss
datatype kind sort type
declaration declare define definition specify
declaration interface prototype signature
decrease diminish lower minimize reduce shrink
delete dequeue discard erase pop remove
demonstrate imitate mimic model show simulate
depth height level
differ difference different distinct
dimension space
discover find identify locate look search
disjoint divide partition separate split
display indicate show
divisible separable
dynamic flexible grow resize shrink variable
efficient fast faster quick quickly speed
element entry item member node object record value
end exit finish halt stop terminate
endless forever indefinitely infinite unlimited
enlarge grow increase raise rise
equal equivalent identical same
estimate outcome output predict result
example instance observation pattern sample
exchange swap switch
external outside
fit learn train
function method procedure routine subroutine
get obtain receive retrieve
give provide return supply
go process traverse visit walk
index offset subscript
inside internal within
just only single
leaf leaves
least lowest min minimum smaller smallest
log logarithm
memory space storage
middle parent root
must necessary need require
nil null terminate terminating
normalize scale
path route way
phase stage step
point pointer reference
problem task
reusability reusable reuse
"""


@cache
def kindred() -> Mapping[str, frozenset[str]]:
    """By what words are compared by: the words of the groups that a word stands in."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in _GROUPS.split("\n"):
        keys = {key_of(spelling(word)) for word in line.split()}
        for key in keys:
            found[key] |= keys
    return {key: frozenset(keys - {key}) for key, keys in found.items()}

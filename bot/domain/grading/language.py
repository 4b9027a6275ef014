"""Whether an answer is written in another language than its item."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.grading.text import Text
from bot.domain.grading.words import FUNCTION_WORDS

FEWEST_WORDS = 3
"""Different foreign function words without which nothing is decided."""

_FOREIGN: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split()) - FUNCTION_WORDS
    for language, words in {
        "de": "der das und ist nicht ein eine einer eines einem einen den dem des wird werden mit"
        " auf fur von zu sich wenn dass weil durch bei aus auch wie man kann sind nur oder"
        " aber nach uber zum zur im es sie wir ich hat haben dann noch mehr damit dadurch"
        " diese dieser dieses keine kein sein um vor zwischen als",
        "es": "el la los las un una unos unas es que en por para como se su sus al lo mas pero"
        " este esta son muy cuando si sobre entre tambien porque ser hay cada donde puede"
        " pueden tiene tienen esto eso ese nos les ya solo",
        "fr": "le la les un une des et est que qui dans pour par avec sur pas plus se ce cette"
        " sont du au aux il elle on nous vous ou mais comme peut leur ses son sa entre si"
        " lorsque quand sans etre avoir fait donc chaque tout tous cela ces meme",
        "it": "il lo la gli le un una che di della dei delle nel nella si sono come da dal piu ma"
        " anche quando se questo questa ogni tra essere ha hanno viene perche dove puo"
        " possono al alla ai su sul",
        "pt": "os as um uma de da do dos das que em no na nos nas por para com nao se mais como"
        " mas ao aos quando sem sobre entre tambem porque ser ha cada onde pode podem tem"
        " isso este esta seu sua sao muito",
        "nl": "de het een en van is niet dat met op voor zijn wordt worden aan als ook bij door"
        " naar om te uit over maar dan nog wel er kan kunnen wat deze dit omdat wanneer geen"
        " meer hebben heeft je we zo",
        "sv": "och att det som en ett ar inte med for pa av den kan om har man de eller nar fran"
        " sa men detta genom mellan blir vid alla ska",
        "pl": "na do nie jest to sie ze jak po co dla tym od przez za ale gdy lub oraz sa ktory"
        " ktora ktore moze jego tylko przy bez",
        "tr": "ve bir bu da de ile icin cok daha olarak olan gibi en ama kadar ise veya her sonra"
        " degil",
        "id": "yang dan di dari ini itu untuk dengan pada adalah tidak dalam akan ke atau karena"
        " oleh juga bisa lebih sebuah",
    }.items()
}
_SHARE = 0.12
_LATIN_END = 0x250
_GREEK = range(0x370, 0x400)


def in_other_language(raw: str, text: Text, expected: str = "en") -> bool:
    """Whether `raw`, read as `text`, is clearly in another language than `expected`.

    Told by its script and by its function words; short answers without either are let through.
    """
    if not _is_latin(raw):
        return True
    said = frozenset(text.words)
    counts = {language: len(words & said) for language, words in _FOREIGN.items()}
    counts["en"] = len(FUNCTION_WORDS & said)
    own = counts.pop(expected, 0)
    most = max(counts.values())
    return most >= max(FEWEST_WORDS, _SHARE * len(said)) and most > 1.5 * own


def _is_latin(raw: str) -> bool:
    """Whether most letters are Latin; Greek ones may be formulas."""
    if raw.isascii():
        return True
    letters = [ord(char) for char in raw if char.isalpha()]
    other = sum(code >= _LATIN_END and code not in _GREEK for code in letters)
    greek = sum(code in _GREEK for code in letters)
    return 2 * other <= len(letters) and (greek < 20 or 2 * greek <= len(letters))

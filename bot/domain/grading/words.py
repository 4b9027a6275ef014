"""Tables of English words that free-text grading looks at."""

from __future__ import annotations

NEGATORS = frozenset(
    "no not never without neither nor none nothing nobody nowhere hardly barely scarcely rarely"
    " seldom unable impossible lack lacking".split()
)
"""Words that deny what follows; in a pattern any of `NOT_WORDS` stands for all of them."""

NOT_WORDS = frozenset("no not never without neither nor none".split())

INSTEAD = {"instead": "of", "rather": "than"}
"""Words that, with the next one, deny what follows."""

OPENERS = frozenset(
    "but however whereas while although though because since so therefore thus hence instead"
    " rather unlike otherwise yet unless except".split()
)
"""Words that begin a clause of their own, where an earlier negation no longer reaches."""

AUXILIARIES = frozenset(
    "is are was were be been being am do does did has have had can could will would shall should"
    " may might must need".split()
)
PRONOUNS = frozenset("it they you we there this these he she i".split())
SENTENCE_WORDS = AUXILIARIES | PRONOUNS | frozenset("the a an".split())
"""Words without which there is hardly a sentence."""

CONDITIONS = frozenset(
    "if when whenever until till unless once before after case provided".split()
)
"""Words that begin a condition: a negation inside it denies neither it nor what follows."""

FUNCTION_WORDS = (
    frozenset(
        "a an the this that these those i you he she it we they me him her us them my your his"
        " its our their mine yours who whom whose which what there here one's itself themselves"
        " oneself myself yourself someone something anyone anything everyone everything each"
        " other others another such same some any all both every either more most much many few"
        " less least own am is are was were be been being do does did doing done have has had"
        " having will would shall should can could may might must ought need cannot let lets get"
        " gets got of in on at to from by with about as into onto like through after over"
        " between out against during before under around among up down off above below near per"
        " via upon within toward towards across along behind beyond for than then too very just"
        " only also even still again ever always often usually sometimes when where why how if"
        " and or else well now already etc eg ie vs namely mean means meaning called basically"
        " actually".split()
    )
    | OPENERS
    | NOT_WORDS
)
"""Words that carry grammar rather than content."""

PLAIN_WORDS = frozenset(
    "use used uses using make makes made take takes give gives given allow allows include includes"
    " contain contains way thing things form perform performed performs keep keeps follow follows"
    " following provide provides describe consist example particular certain different various"
    " general main typical typically possible new like work specific several require required"
    " determine achieve achieved involve indicate turn become show help result want able".split()
)
"""Words of content that say little by themselves."""

PLAIN_VERBS = frozenset(
    "gives give makes make takes take gets get goes go comes come keeps keep stays stay needs need"
    " becomes become remains remain means tells tell says say shows show knows know sees see finds"
    " find uses use learns learn lets let holds hold leads lead grows grow falls fall rises rise"
    " drops shrinks shrink vanishes vanish explodes explode improves improve increases increase"
    " decreases decrease reduces reduce lowers lower raises raise avoids avoid prevents prevent"
    " stops stop starts begins ends depends depend happens happen works helps help allows allow"
    " returns return stores keeps copies copy changes contains contain removes remove adds add"
    " sums reads writes runs fits memorises memorizes memorise memorize overfits overfit"
    " generalises generalizes converges converge diverges diverge equals beats wins fails fail"
    " loses lose breaks break causes moves approaches converts predicts predict updates splits"
    " exceeds picks chooses choose minimises minimizes minimise minimize maximises maximizes"
    " maximise maximize".split()
)
"""Common verbs in the forms that stand in a sentence, but for most that are nouns as well."""

SPELT_RIGHT = frozenset(
    "accuracy accurate adaption addition alone along attention attenuation bagging based bases"
    " basic basis begging being biased biases black blank blend blind block boasting boating"
    " boosting bring build built casual causal chance change charge cheap cheat child chill"
    " choose chose chosen clash class clean clear cluster clutter coarse coding collection"
    " coming compete competition complement complete compliment composition computation compute"
    " congestion connected connection consonant constant constrain constraint content contest"
    " context contiguous continuous convex convey corrected correction correlation counting"
    " coupling course covariance death decay decent decide decision decode decrease deduplicate"
    " degrease delay delete deletion deplete depth derive descend descent detection detector"
    " direction discreet discrete distance distinct division draft drift drive duplicate"
    " expansion expect expert explosion export extension floating flooding formal format forth"
    " fourth fraction frequency frequent function going identify identity inference infinite"
    " infinity influence injection insertion integral integration interference internal internet"
    " interpret interval invention iteration known label lapel large larger later layer lease"
    " leash least leave legit level lever logic logit marching marked masked matching maxima"
    " maximal medium minima minimal modal model module modulo moral multiple multiply naive"
    " native neural neutral newer nodes noise noisy notes older optical optimal order packed"
    " packet paint parameter parent patch patent perception perceptron perimeter place plane"
    " point police policy polling pooling prediction present prevent principal principle print"
    " probe production project projection properly property protect prove proven quantile"
    " quantity recession regression regulation relation reliability remain retain retrain"
    " reusability rotation route router sample scale scarcity scope score scorer sending"
    " sentence sequence serve server shape shard share shared sharp shear shift shirt short"
    " simple slack small smear smell space spanning spare sparse sparsity spectral spectrum"
    " speed spend spending stable stack stage stale stall state static stationary stationery"
    " statistic stats steam steep steer stemming stock store stream streaming string strong"
    " stuck supervised symmetric symmetry taken temporal temporary tests texts there these thing"
    " think those though three through throughout throughput token trace track trade trail"
    " trailing train training transaction transfer transform transition translation transport"
    " transpose trees trial tries undecided undefined validation valuation value valve variable"
    " variance variation vertex violation vortex whatever whenever where wherever while white"
    " whole whose wording working world would".split()
)
"""Words within a slip of another that are never taken for a misspelling of it."""

OPPOSITES = tuple(
    (one, other)
    for one, _, other in (
        pair.partition("/")
        for pair in (
            "ascending/descending bias/variance concave/convex decrease/increase dense/sparse"
            " dependent/independent discriminative/generative faster/slower false/true fewer/more"
            " high/low higher/lower l1/l2 larger/smaller less/more linear/nonlinear"
            " maximum/minimum mean/median negative/positive no/yes nonparametric/parametric"
            " overfit/underfit precision/recall queue/stack shallow/deep stable/unstable"
            " supervised/unsupervised"
        ).split()
    )
)
"""Words of which only one can be meant where somebody writes "either … or"."""
